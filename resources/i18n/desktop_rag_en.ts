<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>AnswerView</name>
    <message numerus="yes">
        <source>%n quotation(s) from your documents</source>
        <translation>
            <numerusform>%n quotation from your documents</numerusform>
            <numerusform>%n quotations from your documents</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sentence(s) not wholly supported by your documents.</source>
        <translation>
            <numerusform>%n sentence is not wholly supported by your documents.</numerusform>
            <numerusform>%n sentences are not wholly supported by your documents.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n document(s) were still being indexed</source>
        <translation>
            <numerusform>%n document was still being indexed</numerusform>
            <numerusform>%n documents were still being indexed</numerusform>
        </translation>
    </message>
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
    <name>CataloguePage</name>
    <message numerus="yes">
        <source>%n language(s)</source>
        <translation>
            <numerusform>%n language</numerusform>
            <numerusform>%n languages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CheckSummary</name>
    <message numerus="yes">
        <source>{supported} of %n sentence(s) supported</source>
        <translation>
            <numerusform>{supported} of %n sentence supported</numerusform>
            <numerusform>{supported} of %n sentences supported</numerusform>
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
    <name>Composition</name>
    <message numerus="yes">
        <source>%n document(s) will be read again</source>
        <translation>
            <numerusform>%n document will be read again</numerusform>
            <numerusform>%n documents will be read again</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n minute</numerusform>
            <numerusform>%n minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Key points of %n document(s)</source>
        <translation>
            <numerusform>Key points of %n document</numerusform>
            <numerusform>Key points of %n documents</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Study questions on %n document(s)</source>
        <translation>
            <numerusform>Study questions on %n document</numerusform>
            <numerusform>Study questions on %n documents</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Summarize %n document(s)</source>
        <translation>
            <numerusform>Summarize %n document</numerusform>
            <numerusform>Summarize %n documents</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DocumentActions</name>
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
    <name>DocumentPlaces</name>
    <message numerus="yes">
        <source>%n place(s)</source>
        <translation>
            <numerusform>%n place</numerusform>
            <numerusform>%n places</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Show %n more place(s)</source>
        <translation>
            <numerusform>Show %n more place</numerusform>
            <numerusform>Show %n more places</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more place(s)</source>
        <translation>
            <numerusform>%n more place</numerusform>
            <numerusform>%n more places</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EmbedderOffer</name>
    <message numerus="yes">
        <source>%n document(s) will be indexed anew</source>
        <translation>
            <numerusform>%n document will be indexed anew</numerusform>
            <numerusform>%n documents will be indexed anew</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n minute(s)</source>
        <translation>
            <numerusform>about %n minute</numerusform>
            <numerusform>about %n minutes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExportImportPresenter</name>
    <message numerus="yes">
        <source>%n document(s) could not be had and are left out.</source>
        <translation>
            <numerusform>%n document could not be had and is left out.</numerusform>
            <numerusform>%n documents could not be had and are left out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>What was read of %n document(s) is damaged here: remove and add them again ({names})</source>
        <translation>
            <numerusform>What was read of %n document is damaged here: remove and add it again ({names})</numerusform>
            <numerusform>What was read of %n documents is damaged here: remove and add them again ({names})</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n document(s) are being embedded anew: search works otherwise here</source>
        <translation>
            <numerusform>%n document is being embedded anew: search works otherwise here</numerusform>
            <numerusform>%n documents are being embedded anew: search works otherwise here</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The files of %n document(s) are not here: their text is found; add the files to see their pages</source>
        <translation>
            <numerusform>The file of %n document is not here: its text is found; add the file to see its pages</numerusform>
            <numerusform>The files of %n documents are not here: their text is found; add the files to see their pages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n document(s) are damaged in the file, and only what is sound was taken: {names}</source>
        <translation>
            <numerusform>%n document is damaged in the file, and only what is sound was taken: {names}</numerusform>
            <numerusform>%n documents are damaged in the file, and only what is sound was taken: {names}</numerusform>
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
    <name>FoundPlaces</name>
    <message numerus="yes">
        <source>Show %n more document(s)</source>
        <translation>
            <numerusform>Show %n more document</numerusform>
            <numerusform>Show %n more documents</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more document(s)</source>
        <translation>
            <numerusform>%n more document</numerusform>
            <numerusform>%n more documents</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HubPage</name>
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
    <name>IndexSwitch</name>
    <message numerus="yes">
        <source>What is searched was damaged: %n document(s) put into it again.</source>
        <translation>
            <numerusform>What is searched was damaged: %n document is put into it again.</numerusform>
            <numerusform>What is searched was damaged: %n documents are put into it again.</numerusform>
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
    <name>ListsPresenter</name>
    <message numerus="yes">
        <source>%n document(s) have their references now</source>
        <translation>
            <numerusform>%n document has its reference now</numerusform>
            <numerusform>%n documents have their references now</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new document(s) from Zotero</source>
        <translation>
            <numerusform>%n new document from Zotero</numerusform>
            <numerusform>%n new documents from Zotero</numerusform>
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
        <source>Right in {passed} of %n question(s)</source>
        <translation>
            <numerusform>Right in {passed} of %n question</numerusform>
            <numerusform>Right in {passed} of %n questions</numerusform>
        </translation>
    </message>
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
    <name>NamesDialog</name>
    <message numerus="yes">
        <source>%n more, named less often, are not listed</source>
        <translation>
            <numerusform>%n more, named less often, is not listed</numerusform>
            <numerusform>%n more, named less often, are not listed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PassedOverPresenter</name>
    <message numerus="yes">
        <source>%n kind(s)</source>
        <translation>
            <numerusform>%n kind</numerusform>
            <numerusform>%n kinds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) of {kinds} were passed over</source>
        <translation>
            <numerusform>%n file of {kinds} was passed over</numerusform>
            <numerusform>%n files of {kinds} were passed over</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PasswordDialog</name>
    <message numerus="yes">
        <source>Try it on %n other locked document(s) too</source>
        <translation>
            <numerusform>Try it on %n other locked document too</numerusform>
            <numerusform>Try it on %n other locked documents too</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ProgressLine</name>
    <message numerus="yes">
        <source>%n could not be asked</source>
        <translation>
            <numerusform>%n could not be asked</numerusform>
            <numerusform>%n could not be asked</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n minute(s) left</source>
        <translation>
            <numerusform>about %n minute left</numerusform>
            <numerusform>about %n minutes left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n hour(s) left</source>
        <translation>
            <numerusform>about %n hour left</numerusform>
            <numerusform>about %n hours left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QuestionsDialog</name>
    <message numerus="yes">
        <source>Ask %n document(s) the same</source>
        <translation>
            <numerusform>Ask %n document the same</numerusform>
            <numerusform>Ask %n documents the same</numerusform>
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
    <name>QueuePresenter</name>
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
</context>
<context>
    <name>ReferencesPresenter</name>
    <message numerus="yes">
        <source>%n citation(s) copied</source>
        <translation>
            <numerusform>%n citation copied</numerusform>
            <numerusform>%n citations copied</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RemovalPresenter</name>
    <message numerus="yes">
        <source>Removed %n document(s) from the library</source>
        <translation>
            <numerusform>Removed %n document from the library</numerusform>
            <numerusform>Removed %n documents from the library</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Cancelled %n document(s)</source>
        <translation>
            <numerusform>Cancelled %n document</numerusform>
            <numerusform>Cancelled %n documents</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RouteLine</name>
    <message numerus="yes">
        <source>Comparison of %n document(s), {pages}</source>
        <translation>
            <numerusform>Comparison of %n document, {pages}</numerusform>
            <numerusform>Comparison of %n documents, {pages}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n page(s)</source>
        <translation>
            <numerusform>%n page</numerusform>
            <numerusform>%n pages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Key points of the beginnings of {count} of %n document(s)</source>
        <translation>
            <numerusform>Key points of the beginnings of {count} of %n document</numerusform>
            <numerusform>Key points of the beginnings of {count} of %n documents</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Study questions on the beginnings of {count} of %n document(s)</source>
        <translation>
            <numerusform>Study questions on the beginnings of {count} of %n document</numerusform>
            <numerusform>Study questions on the beginnings of {count} of %n documents</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Summary of the beginnings of {count} of %n document(s)</source>
        <translation>
            <numerusform>Summary of the beginnings of {count} of %n document</numerusform>
            <numerusform>Summary of the beginnings of {count} of %n documents</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Key points of %n document(s), {pages}</source>
        <translation>
            <numerusform>Key points of %n document, {pages}</numerusform>
            <numerusform>Key points of %n documents, {pages}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Study questions on %n document(s), {pages}</source>
        <translation>
            <numerusform>Study questions on %n document, {pages}</numerusform>
            <numerusform>Study questions on %n documents, {pages}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Summary of %n document(s), {pages}</source>
        <translation>
            <numerusform>Summary of %n document, {pages}</numerusform>
            <numerusform>Summary of %n documents, {pages}</numerusform>
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
        <source>Changing it indexes %n page(s) anew.</source>
        <translation>
            <numerusform>Changing it indexes %n page anew.</numerusform>
            <numerusform>Changing it indexes %n pages anew.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>(about %n minute(s))</source>
        <translation>
            <numerusform>(about %n minute)</numerusform>
            <numerusform>(about %n minutes)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n language(s)</source>
        <translation>
            <numerusform>%n language</numerusform>
            <numerusform>%n languages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Finds by meaning in %n language(s): a question in Spanish finds English pages, and the other way around.</source>
        <translation>
            <numerusform>Finds by meaning in %n language: a question in Spanish finds English pages, and the other way around.</numerusform>
            <numerusform>Finds by meaning in %n languages: a question in Spanish finds English pages, and the other way around.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Index %n page(s) anew?</source>
        <translation>
            <numerusform>Index %n page anew?</numerusform>
            <numerusform>Index %n pages anew?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>That takes about %n minute(s); meanwhile you can search as before.</source>
        <translation>
            <numerusform>That takes about %n minute; meanwhile you can search as before.</numerusform>
            <numerusform>That takes about %n minutes; meanwhile you can search as before.</numerusform>
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
    <message numerus="yes">
        <source>%n more passage(s) were read</source>
        <translation>
            <numerusform>%n more passage was read</numerusform>
            <numerusform>%n more passages were read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n passage(s) were read</source>
        <translation>
            <numerusform>%n passage was read</numerusform>
            <numerusform>%n passages were read</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>UnmatchedDialog</name>
    <message numerus="yes">
        <source>%n reference(s) fit no document by DOI, ISBN, file or title.</source>
        <translation>
            <numerusform>%n reference fits no document by DOI, ISBN, file or title.</numerusform>
            <numerusform>%n references fit no document by DOI, ISBN, file or title.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WatchesDialog</name>
    <message numerus="yes">
        <source>%n document(s)</source>
        <translation>
            <numerusform>%n document</numerusform>
            <numerusform>%n documents</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n exception(s)</source>
        <translation>
            <numerusform>%n exception</numerusform>
            <numerusform>%n exceptions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WatchingPresenter</name>
    <message numerus="yes">
        <source>Add what comes into these %n folder(s) later by itself?</source>
        <translation>
            <numerusform>Add what comes into %n folder later by itself?</numerusform>
            <numerusform>Add what comes into these %n folders later by itself?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Watching %n folder(s)</source>
        <translation>
            <numerusform>Watching %n folder</numerusform>
            <numerusform>Watching %n folders</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Wording</name>
    <message numerus="yes">
        <source>%n passage(s) with {phrases}</source>
        <translation>
            <numerusform>%n passage with {phrases}</numerusform>
            <numerusform>%n passages with {phrases}</numerusform>
        </translation>
    </message>
</context>
</TS>
