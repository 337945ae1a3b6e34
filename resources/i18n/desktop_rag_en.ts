<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
    <context>
        <name>AnswerView</name>
        <message numerus="yes">
            <source>%n earlier exchange(s)</source>
            <translation>
                <numerusform>%n earlier exchange</numerusform>
                <numerusform>%n earlier exchanges</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n passage(s)</source>
            <translation>
                <numerusform>%n passage</numerusform>
                <numerusform>%n passages</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>the end of %n passage(s)</source>
            <translation>
                <numerusform>the end of %n passage</numerusform>
                <numerusform>the end of %n passages</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Composer</name>
        <message numerus="yes">
            <source>Chosen documents (%n)</source>
            <translation>
                <numerusform>Chosen document (%n)</numerusform>
                <numerusform>Chosen documents (%n)</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>DocumentTable</name>
        <message numerus="yes">
            <source>%n document(s) selected</source>
            <translation>
                <numerusform>%n document selected</numerusform>
                <numerusform>%n documents selected</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n document(s) need attention</source>
            <translation>
                <numerusform>%n document needs attention</numerusform>
                <numerusform>%n documents need attention</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>FindBar</name>
        <message numerus="yes">
            <source>%n match(es)</source>
            <translation>
                <numerusform>%n match</numerusform>
                <numerusform>%n matches</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>HubPane</name>
        <message numerus="yes">
            <source>%n model(s) for “{words}”</source>
            <translation>
                <numerusform>%n model for “{words}”</numerusform>
                <numerusform>%n models for “{words}”</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) in {repository}</source>
            <translation>
                <numerusform>%n file in {repository}</numerusform>
                <numerusform>%n files in {repository}</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>InstalledPage</name>
        <message numerus="yes">
            <source>%n adapter(s)</source>
            <translation>
                <numerusform>%n adapter</numerusform>
                <numerusform>%n adapters</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>LibraryDesk</name>
        <message numerus="yes">
            <source>And %n more.</source>
            <translation>
                <numerusform>And %n more.</numerusform>
                <numerusform>And %n more.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) need a look: see Documents</source>
            <translation>
                <numerusform>%n file needs a look: see Documents</numerusform>
                <numerusform>%n files need a look: see Documents</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n document(s) ready</source>
            <translation>
                <numerusform>%n document ready</numerusform>
                <numerusform>%n documents ready</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n document(s) were there already</source>
            <translation>
                <numerusform>%n document was there already</numerusform>
                <numerusform>%n documents were there already</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Removed %n document(s) from the library</source>
            <translation>
                <numerusform>Removed %n document from the library</numerusform>
                <numerusform>Removed %n documents from the library</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>LibraryList</name>
        <message numerus="yes">
            <source>%n document(s)</source>
            <translation>
                <numerusform>%n document</numerusform>
                <numerusform>%n documents</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>MainWindow</name>
        <message numerus="yes">
            <source>%n document(s)</source>
            <translation>
                <numerusform>%n document</numerusform>
                <numerusform>%n documents</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ModelWords</name>
        <message numerus="yes">
            <source>%n core(s)</source>
            <translation>
                <numerusform>%n core</numerusform>
                <numerusform>%n cores</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n minute(s) left</source>
            <translation>
                <numerusform>%n minute left</numerusform>
                <numerusform>%n minutes left</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>OfferedPage</name>
        <message numerus="yes">
            <source>%n language(s)</source>
            <translation>
                <numerusform>%n language</numerusform>
                <numerusform>%n languages</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>QueueBar</name>
        <message numerus="yes">
            <source>%n file(s)</source>
            <translation>
                <numerusform>%n file</numerusform>
                <numerusform>%n files</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>SamplingChart</name>
        <message numerus="yes">
            <source>%n of {all} words remain.</source>
            <translation>
                <numerusform>%n of {all} words remains.</numerusform>
                <numerusform>%n of {all} words remain.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>SearchBox</name>
        <message numerus="yes">
            <source>%n passage(s)</source>
            <translation>
                <numerusform>%n passage</numerusform>
                <numerusform>%n passages</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>SearchingPage</name>
        <message numerus="yes">
            <source>Changing it indexes everything anew: %n page(s).</source>
            <translation>
                <numerusform>Changing it indexes everything anew: %n page.</numerusform>
                <numerusform>Changing it indexes everything anew: %n pages.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Index %n page(s) anew at the next start?</source>
            <translation>
                <numerusform>Index %n page anew at the next start?</numerusform>
                <numerusform>Index %n pages anew at the next start?</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>SourceCards</name>
        <message numerus="yes">
            <source>%n passage(s)</source>
            <translation>
                <numerusform>%n passage</numerusform>
                <numerusform>%n passages</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n document(s)</source>
            <translation>
                <numerusform>%n document</numerusform>
                <numerusform>%n documents</numerusform>
            </translation>
        </message>
    </context>
</TS>
