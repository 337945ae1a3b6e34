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
