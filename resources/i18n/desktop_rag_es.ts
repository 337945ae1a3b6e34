<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About {name}</source>
        <translation>Acerca de {name}</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Answers from your own documents. Nothing leaves this machine.</source>
        <translation>Respuestas de tus propios documentos. Nada sale de este equipo.</translation>
    </message>
    <message>
        <source>It stands on the work of others:</source>
        <translation>Se apoya en el trabajo de otros:</translation>
    </message>
    <message>
        <source>Version {version} · {licence}</source>
        <translation>Versión {version} · {licence}</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Archivo</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>Añadir una carpeta…</translation>
    </message>
    <message>
        <source>Add what was copied</source>
        <translation>Añadir lo copiado</translation>
    </message>
    <message>
        <source>New library</source>
        <translation>Nueva biblioteca</translation>
    </message>
    <message>
        <source>Answer without a language model</source>
        <translation>Responder sin modelo de lenguaje</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>Ajustes…</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Salir</translation>
    </message>
    <message>
        <source>&amp;Conversation</source>
        <translation>&amp;Conversación</translation>
    </message>
    <message>
        <source>New conversation</source>
        <translation>Nueva conversación</translation>
    </message>
    <message>
        <source>Write a question</source>
        <translation>Escribir una pregunta</translation>
    </message>
    <message>
        <source>Stop the answer</source>
        <translation>Detener la respuesta</translation>
    </message>
    <message>
        <source>F&amp;ind</source>
        <translation>&amp;Buscar</translation>
    </message>
    <message>
        <source>Search passages…</source>
        <translation>Buscar pasajes…</translation>
    </message>
    <message>
        <source>Find in the document…</source>
        <translation>Buscar en el documento…</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ver</translation>
    </message>
    <message>
        <source>Next sentence that is not supported (in an answer)</source>
        <translation>Siguiente frase sin respaldo (en una respuesta)</translation>
    </message>
    <message>
        <source>Add documents…</source>
        <translation>Añadir documentos…</translation>
    </message>
    <message>
        <source>Watched folders…</source>
        <translation>Carpetas vigiladas…</translation>
    </message>
    <message>
        <source>Export the library…</source>
        <translation>Exportar la biblioteca…</translation>
    </message>
    <message>
        <source>Import a library…</source>
        <translation>Importar una biblioteca…</translation>
    </message>
    <message>
        <source>Import references…</source>
        <translation>Importar referencias…</translation>
    </message>
    <message>
        <source>Zotero library…</source>
        <translation>Biblioteca de Zotero…</translation>
    </message>
    <message>
        <source>Models…</source>
        <translation>Modelos…</translation>
    </message>
    <message>
        <source>Use a language model file…</source>
        <translation>Usar un archivo de modelo de lenguaje…</translation>
    </message>
    <message>
        <source>Export the conversation…</source>
        <translation>Exportar la conversación…</translation>
    </message>
    <message>
        <source>New table…</source>
        <translation>Tabla nueva…</translation>
    </message>
    <message>
        <source>Clear what models keep of conversations</source>
        <translation>Borrar lo que los modelos guardan de las conversaciones</translation>
    </message>
    <message>
        <source>Libraries</source>
        <translation>Bibliotecas</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>Chat</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>Documento</translation>
    </message>
    <message>
        <source>List of documents</source>
        <translation>Lista de documentos</translation>
    </message>
    <message>
        <source>How answers are written</source>
        <translation>Cómo se escriben las respuestas</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>A&amp;yuda</translation>
    </message>
    <message>
        <source>Tables</source>
        <translation>Tablas</translation>
    </message>
    <message>
        <source>Go to the next pane</source>
        <translation>Ir al panel siguiente</translation>
    </message>
    <message>
        <source>Go to the previous pane</source>
        <translation>Ir al panel anterior</translation>
    </message>
    <message>
        <source>Open the sample library</source>
        <translation>Abrir la biblioteca de ejemplo</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Atajos de teclado</translation>
    </message>
    <message>
        <source>About Desktop RAG</source>
        <translation>Acerca de Desktop RAG</translation>
    </message>
</context>
<context>
    <name>AdapterRow</name>
    <message>
        <source>0 is off, 1 is as it was trained.</source>
        <translation>0 lo apaga; 1 es como se entrenó.</translation>
    </message>
    <message>
        <source>Remove {name}</source>
        <translation>Quitar {name}</translation>
    </message>
</context>
<context>
    <name>AdaptersDialog</name>
    <message>
        <source>Adapters</source>
        <translation>Adaptadores</translation>
    </message>
    <message>
        <source>There are none yet.</source>
        <translation>Todavía no hay ninguno.</translation>
    </message>
    <message>
        <source>Add an adapter…</source>
        <translation>Añadir un adaptador…</translation>
    </message>
    <message>
        <source>LoRA adapters in GGUF change how “{name}” writes. Each fits one model only.</source>
        <translation>Los adaptadores LoRA en GGUF cambian cómo escribe «{name}». Cada uno sirve para un solo modelo.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Aplicar</translation>
    </message>
</context>
<context>
    <name>AnswerActions</name>
    <message>
        <source>Copy</source>
        <translation>Copiar</translation>
    </message>
    <message>
        <source>Copy with citations</source>
        <translation>Copiar con citas</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportar…</translation>
    </message>
    <message>
        <source>Names, dates, amounts…</source>
        <translation>Nombres, fechas, cantidades…</translation>
    </message>
    <message>
        <source>Export questions…</source>
        <translation>Exportar preguntas…</translation>
    </message>
    <message>
        <source>Regenerate</source>
        <translation>Volver a responder</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Editar</translation>
    </message>
    <message>
        <source>Another way</source>
        <translation>De otra manera</translation>
    </message>
    <message>
        <source>Why this answer</source>
        <translation>Por qué esta respuesta</translation>
    </message>
    <message>
        <source>Write this answer to a Word document, a PDF or Markdown</source>
        <translation>Escribir esta respuesta en un documento de Word, un PDF o Markdown</translation>
    </message>
    <message>
        <source>List what is named, how often and on which pages</source>
        <translation>Listar lo que se nombra, cuántas veces y en qué páginas</translation>
    </message>
    <message>
        <source>Write these questions to a deck for Anki, or to a table</source>
        <translation>Escribir estas preguntas en un mazo de Anki o en una tabla</translation>
    </message>
    <message>
        <source>Answer this question once more</source>
        <translation>Responder otra vez a esta pregunta</translation>
    </message>
    <message>
        <source>Change the question and send it again</source>
        <translation>Cambiar la pregunta y enviarla otra vez</translation>
    </message>
    <message>
        <source>Have this answered in another way</source>
        <translation>Responder a esto de otra manera</translation>
    </message>
    <message>
        <source>Show what was searched, found, read and checked</source>
        <translation>Ver qué se buscó, se encontró, se leyó y se comprobó</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Copiado</translation>
    </message>
</context>
<context>
    <name>AnswerGrid</name>
    <message>
        <source>Answers</source>
        <translation>Respuestas</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Columnas</translation>
    </message>
</context>
<context>
    <name>AnswerModel</name>
    <message>
        <source>asking…</source>
        <translation>preguntando…</translation>
    </message>
    <message>
        <source>{text} (p. {page})</source>
        <translation>{text} (pág. {page})</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>Documento</translation>
    </message>
</context>
<context>
    <name>AnswerPresenter</name>
    <message>
        <source>{reason} Answers are checked without it.</source>
        <translation>{reason} Las respuestas se comprueban sin él.</translation>
    </message>
</context>
<context>
    <name>AnswerText</name>
    <message>
        <source>Answer</source>
        <translation>Respuesta</translation>
    </message>
    <message>
        <source>Page {label}</source>
        <translation>Página {label}</translation>
    </message>
    <message>
        <source>Citation {number}: {title}, page {label}. {passage}</source>
        <translation>Cita {number}: {title}, página {label}. {passage}</translation>
    </message>
    <message>
        <source>T translates it.</source>
        <translation>La T la traduce.</translation>
    </message>
    <message>
        <source>Link: {words}</source>
        <translation>Enlace: {words}</translation>
    </message>
</context>
<context>
    <name>AnswerView</name>
    <message>
        <source>Searching your documents…</source>
        <translation>Buscando en tus documentos…</translation>
    </message>
    <message>
        <source>Reading the passages…</source>
        <translation>Leyendo los pasajes…</translation>
    </message>
    <message>
        <source>The nearest passages</source>
        <translation>Los pasajes más cercanos</translation>
    </message>
    <message numerus="yes">
        <source>%n quotation(s) from your documents</source>
        <translation>
            <numerusform>%n cita de tus documentos</numerusform>
            <numerusform>%n citas de tus documentos</numerusform>
        </translation>
    </message>
    <message>
        <source>Written by the model, not confirmed yet</source>
        <translation>Escrito por el modelo, aún sin confirmar</translation>
    </message>
    <message>
        <source>Written by the model</source>
        <translation>Escrito por el modelo</translation>
    </message>
    <message numerus="yes">
        <source>%n sentence(s) not wholly supported by your documents.</source>
        <translation>
            <numerusform>%n frase sin respaldo completo en tus documentos.</numerusform>
            <numerusform>%n frases sin respaldo completo en tus documentos.</numerusform>
        </translation>
    </message>
    <message>
        <source>F8 goes to the next one.</source>
        <translation>F8 va a la siguiente.</translation>
    </message>
    <message>
        <source>Written by the model, not confirmed by your documents</source>
        <translation>Escrito por el modelo, sin confirmar por tus documentos</translation>
    </message>
    <message>
        <source>Allow general knowledge…</source>
        <translation>Permitir conocimientos generales…</translation>
    </message>
    <message>
        <source>Answers rest on your documents alone. A setting lets the model add to them.</source>
        <translation>Las respuestas se basan solo en tus documentos. Un ajuste permite que el modelo añada lo suyo.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Intentar de nuevo</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Respuesta detenida</translation>
    </message>
    <message>
        <source>Nothing in these documents answers this.</source>
        <translation>Nada en estos documentos responde a esto.</translation>
    </message>
    <message>
        <source>Try other words, or ask the whole library.</source>
        <translation>Prueba con otras palabras o pregunta a toda la biblioteca.</translation>
    </message>
    <message>
        <source>Written freely from your pages, not checked as an answer</source>
        <translation>Escrito libremente a partir de tus páginas, sin comprobar como respuesta</translation>
    </message>
    <message numerus="yes">
        <source>%n document(s) were still being indexed</source>
        <translation>
            <numerusform>%n documento aún se estaba indexando</numerusform>
            <numerusform>%n documentos aún se estaban indexando</numerusform>
        </translation>
    </message>
    <message>
        <source>Quoted from your documents, no language model</source>
        <translation>Citado de tus documentos, sin modelo de lenguaje</translation>
    </message>
    <message>
        <source>Written by a language model in {seconds} s</source>
        <translation>Escrito por un modelo de lenguaje en {seconds} s</translation>
    </message>
    <message>
        <source>no room for {what}</source>
        <translation>sin espacio para {what}</translation>
    </message>
    <message numerus="yes">
        <source>%n earlier exchange(s)</source>
        <translation>
            <numerusform>%n intercambio anterior</numerusform>
            <numerusform>%n intercambios anteriores</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n passage(s)</source>
        <translation>
            <numerusform>%n pasaje</numerusform>
            <numerusform>%n pasajes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>the end of %n passage(s)</source>
        <translation>
            <numerusform>el final de %n pasaje</numerusform>
            <numerusform>el final de %n pasajes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Later</source>
        <translation>Más tarde</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Descartar</translation>
    </message>
</context>
<context>
    <name>CataloguePage</name>
    <message>
        <source>Any GGUF on the hub: a name, such as “qwen 3b”</source>
        <translation>Cualquier GGUF del hub: un nombre, como «qwen 3b»</translation>
    </message>
    <message>
        <source>Find a model on the hub</source>
        <translation>Buscar un modelo en el hub</translation>
    </message>
    <message>
        <source>Search the hub</source>
        <translation>Buscar en el hub</translation>
    </message>
    <message>
        <source>Recommended models</source>
        <translation>Modelos recomendados</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Descargar</translation>
    </message>
    <message>
        <source>Nothing connects to anything before you press Search or Download.</source>
        <translation>No se conecta a nada hasta que pulses Buscar o Descargar.</translation>
    </message>
    <message>
        <source>The network is switched off: models cannot be looked for or downloaded.</source>
        <translation>La red está apagada: no se pueden buscar ni descargar modelos.</translation>
    </message>
    <message>
        <source>Network settings…</source>
        <translation>Ajustes de red…</translation>
    </message>
    <message>
        <source>Recommended for this machine</source>
        <translation>Recomendado para este equipo</translation>
    </message>
    <message>
        <source>Embedders</source>
        <translation>Modelos de embeddings</translation>
    </message>
    <message>
        <source>find passages by what they mean</source>
        <translation>encuentran pasajes por lo que significan</translation>
    </message>
    <message>
        <source>Rerankers</source>
        <translation>Reordenadores</translation>
    </message>
    <message>
        <source>put the best of what was found first</source>
        <translation>ponen primero lo mejor de lo encontrado</translation>
    </message>
    <message>
        <source>Entailment models</source>
        <translation>Modelos de inferencia textual</translation>
    </message>
    <message>
        <source>check answers: does a passage say this, or the opposite?</source>
        <translation>comprueban las respuestas: ¿un pasaje dice esto, o lo contrario?</translation>
    </message>
    <message>
        <source>Small</source>
        <translation>Pequeños</translation>
    </message>
    <message>
        <source>finding and rephrasing</source>
        <translation>encontrar y reformular</translation>
    </message>
    <message>
        <source>Medium</source>
        <translation>Medianos</translation>
    </message>
    <message>
        <source>following instructions over several passages</source>
        <translation>seguir instrucciones sobre varios pasajes</translation>
    </message>
    <message>
        <source>Large</source>
        <translation>Grandes</translation>
    </message>
    <message>
        <source>reasoning</source>
        <translation>razonar</translation>
    </message>
    <message>
        <source>Good at Spanish</source>
        <translation>Bueno en español</translation>
    </message>
    <message>
        <source>Installed</source>
        <translation>Instalado</translation>
    </message>
    <message>
        <source>about {size}</source>
        <translation>unos {size}</translation>
    </message>
    <message numerus="yes">
        <source>%n language(s)</source>
        <translation>
            <numerusform>%n idioma</numerusform>
            <numerusform>%n idiomas</numerusform>
        </translation>
    </message>
    <message>
        <source>Downloading…</source>
        <translation>Descargando…</translation>
    </message>
    <message>
        <source>Good for {purpose}</source>
        <translation>Sirve para {purpose}</translation>
    </message>
    <message>
        <source>licence: {name}</source>
        <translation>licencia: {name}</translation>
    </message>
    <message>
        <source>Asking the hub for “{words}”…</source>
        <translation>Preguntando al hub por «{words}»…</translation>
    </message>
</context>
<context>
    <name>CellDetail</name>
    <message>
        <source>Write it by hand (F2)</source>
        <translation>Escribirlo a mano (F2)</translation>
    </message>
    <message>
        <source>Take back what was written by hand</source>
        <translation>Quitar lo escrito a mano</translation>
    </message>
    <message>
        <source>Ask this cell again</source>
        <translation>Volver a preguntar esta celda</translation>
    </message>
    <message>
        <source>Page {page}: “{quote}”</source>
        <translation>Página {page}: «{quote}»</translation>
    </message>
    <message>
        <source>{standing}; found was: {text}</source>
        <translation>{standing}; se había encontrado: {text}</translation>
    </message>
    <message>
        <source>The model wrote: {text}</source>
        <translation>El modelo escribió: {text}</translation>
    </message>
</context>
<context>
    <name>ChangedBar</name>
    <message>
        <source>This file has changed since it was indexed; the marks may be off.</source>
        <translation>Este archivo ha cambiado desde que se indexó; puede que las marcas no coincidan.</translation>
    </message>
    <message>
        <source>Index again</source>
        <translation>Volver a indexar</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Descartar</translation>
    </message>
</context>
<context>
    <name>ChatPresenter</name>
    <message>
        <source>Later questions removed</source>
        <translation>Se quitaron las preguntas posteriores</translation>
    </message>
    <message>
        <source>You can ask as soon as the first document is ready.</source>
        <translation>Podrás preguntar en cuanto el primer documento esté listo.</translation>
    </message>
    <message>
        <source>Add a document first: drop it anywhere in this window.</source>
        <translation>Primero añade un documento: suéltalo en cualquier lugar de esta ventana.</translation>
    </message>
</context>
<context>
    <name>ChatView</name>
    <message>
        <source>Show earlier</source>
        <translation>Mostrar anteriores</translation>
    </message>
    <message>
        <source>Conversation</source>
        <translation>Conversación</translation>
    </message>
    <message>
        <source>New text</source>
        <translation>Texto nuevo</translation>
    </message>
    <message>
        <source>Go to the end of the answer</source>
        <translation>Ir al final de la respuesta</translation>
    </message>
</context>
<context>
    <name>CheckSummary</name>
    <message>
        <source>Go to the next one that is not (F8)</source>
        <translation>Ir a la siguiente sin respaldo (F8)</translation>
    </message>
    <message numerus="yes">
        <source>{supported} of %n sentence(s) supported</source>
        <translation>
            <numerusform>{supported} de %n frase con respaldo</numerusform>
            <numerusform>{supported} de %n frases con respaldo</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CitationMenu</name>
    <message>
        <source>Copy as citation</source>
        <translation>Copiar como cita</translation>
    </message>
    <message>
        <source>APA</source>
        <translation>APA</translation>
    </message>
    <message>
        <source>ISO 690</source>
        <translation>ISO 690</translation>
    </message>
    <message>
        <source>BibTeX</source>
        <translation>BibTeX</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message numerus="yes">
        <source>Chosen documents (%n)</source>
        <translation>
            <numerusform>Documento elegido (%n)</numerusform>
            <numerusform>Documentos elegidos (%n)</numerusform>
        </translation>
    </message>
    <message>
        <source>Whole library</source>
        <translation>Toda la biblioteca</translation>
    </message>
    <message>
        <source>This document</source>
        <translation>Este documento</translation>
    </message>
    <message>
        <source>Ask about your documents…</source>
        <translation>Pregunta sobre tus documentos…</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Pregunta</translation>
    </message>
    <message>
        <source>Enter sends the question, Shift+Enter begins a new line</source>
        <translation>Intro envía la pregunta; Mayús+Intro empieza otra línea</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Deteniendo…</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Detener</translation>
    </message>
    <message>
        <source>Stop the answer (Esc)</source>
        <translation>Detener la respuesta (Esc)</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Enviar</translation>
    </message>
    <message>
        <source>Send the question (Enter)</source>
        <translation>Enviar la pregunta (Intro)</translation>
    </message>
</context>
<context>
    <name>Composition</name>
    <message>
        <source>The settings could not be read, so the usual ones apply. {name} has yours.</source>
        <translation>No se pudieron leer los ajustes, así que valen los habituales. Los tuyos están en {name}.</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>Ajustes…</translation>
    </message>
    <message>
        <source>Desktop RAG reads documents better now. {documents} in the background, in about {time}; you can search meanwhile.</source>
        <translation>Desktop RAG lee ahora mejor los documentos. {documents} en segundo plano, más o menos en {time}; mientras tanto puedes buscar.</translation>
    </message>
    <message numerus="yes">
        <source>%n document(s) will be read again</source>
        <translation>
            <numerusform>Se volverá a leer %n documento</numerusform>
            <numerusform>Se volverán a leer %n documentos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n minuto</numerusform>
            <numerusform>%n minutos</numerusform>
        </translation>
    </message>
    <message>
        <source>Begin</source>
        <translation>Empezar</translation>
    </message>
    <message>
        <source>Answers quote your documents. A language model can put them into words.</source>
        <translation>Las respuestas citan tus documentos. Un modelo de lenguaje puede redactarlas.</translation>
    </message>
    <message>
        <source>Get a language model…</source>
        <translation>Conseguir un modelo de lenguaje…</translation>
    </message>
    <message>
        <source>Compare these documents</source>
        <translation>Compara estos documentos</translation>
    </message>
    <message>
        <source>Key points of this document</source>
        <translation>Puntos clave de este documento</translation>
    </message>
    <message>
        <source>Study questions on this document</source>
        <translation>Preguntas de estudio sobre este documento</translation>
    </message>
    <message>
        <source>Summarize this document</source>
        <translation>Resumir este documento</translation>
    </message>
    <message numerus="yes">
        <source>Summarize %n document(s)</source>
        <translation>
            <numerusform>Resumir %n documento</numerusform>
            <numerusform>Resumir %n documentos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Key points of %n document(s)</source>
        <translation>
            <numerusform>Puntos clave de %n documento</numerusform>
            <numerusform>Puntos clave de %n documentos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Study questions on %n document(s)</source>
        <translation>
            <numerusform>Preguntas de estudio sobre %n documento</numerusform>
            <numerusform>Preguntas de estudio sobre %n documentos</numerusform>
        </translation>
    </message>
    <message>
        <source>“{text}”: </source>
        <translation>«{text}»: </translation>
    </message>
    <message>
        <source>Summarize the chapter “{title}”</source>
        <translation>Resume el capítulo «{title}»</translation>
    </message>
    <message>
        <source>Open a document first, to find something in it.</source>
        <translation>Abre primero un documento para buscar en él.</translation>
    </message>
    <message>
        <source>That is another document. It was added to the library.</source>
        <translation>Ese es otro documento. Se añadió a la biblioteca.</translation>
    </message>
    <message>
        <source>Only links to the web are opened.</source>
        <translation>Solo se abren enlaces a la web.</translation>
    </message>
</context>
<context>
    <name>ConnectionsModel</name>
    <message>
        <source>Done</source>
        <translation>Hecho</translation>
    </message>
    <message>
        <source>Under way</source>
        <translation>En curso</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Detenida</translation>
    </message>
    <message>
        <source>No connection</source>
        <translation>Sin conexión</translation>
    </message>
    <message>
        <source>Searching for models</source>
        <translation>Buscar modelos</translation>
    </message>
    <message>
        <source>Listing files</source>
        <translation>Ver archivos</translation>
    </message>
    <message>
        <source>Reading a header</source>
        <translation>Leer una cabecera</translation>
    </message>
    <message>
        <source>Downloading</source>
        <translation>Descargar</translation>
    </message>
    <message>
        <source>Language data</source>
        <translation>Datos de un idioma</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Momento</translation>
    </message>
    <message>
        <source>Connected to</source>
        <translation>Conectado con</translation>
    </message>
    <message>
        <source>What for</source>
        <translation>Para qué</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Tamaño</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>Resultado</translation>
    </message>
</context>
<context>
    <name>ConnectionsPage</name>
    <message>
        <source>Never connect to anything</source>
        <translation>No conectarse nunca a nada</translation>
    </message>
    <message>
        <source>These are all the connections that the program ever made. Only getting models and language data makes any; documents, questions and answers are never sent.</source>
        <translation>Estas son todas las conexiones que el programa ha hecho. Solo se conecta para conseguir modelos y datos de idiomas; nunca envía documentos, preguntas ni respuestas.</translation>
    </message>
    <message>
        <source>It has never connected to anything.</source>
        <translation>Nunca se ha conectado a nada.</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>Conexiones</translation>
    </message>
</context>
<context>
    <name>ConnectionsView</name>
    <message>
        <source>Columns</source>
        <translation>Columnas</translation>
    </message>
</context>
<context>
    <name>ContentsTree</name>
    <message>
        <source>Contents</source>
        <extracomment>pixels of the wider edge of a page</extracomment>
        <translation>Índice</translation>
    </message>
    <message>
        <source>{title}, page {label}</source>
        <translation>{title}, página {label}</translation>
    </message>
    <message>
        <source>Summarize this chapter</source>
        <translation>Resumir este capítulo</translation>
    </message>
</context>
<context>
    <name>ContextDialog</name>
    <message>
        <source>Longer context</source>
        <translation>Contexto más largo</translation>
    </message>
    <message>
        <source>Let it read more than it was trained for</source>
        <translation>Dejar que lea más de lo que aprendió a leer</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Tokens</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>Método</translation>
    </message>
    <message>
        <source>YaRN: the better one, as a rule</source>
        <translation>YaRN: suele ser el mejor</translation>
    </message>
    <message>
        <source>Linear: for models that were made with it</source>
        <translation>Lineal: para modelos hechos con él</translation>
    </message>
    <message>
        <source>“{name}” was trained to read up to {tokens} tokens, pieces of words.</source>
        <translation>«{name}» aprendió a leer hasta {tokens} tokens, trozos de palabras.</translation>
    </message>
    <message>
        <source>Beyond its training a model overlooks more and invents more, short questions suffer too, and every token takes memory. Fewer passages are usually the better choice.</source>
        <translation>Más allá de su entrenamiento, un modelo pasa más cosas por alto e inventa más, las preguntas cortas también empeoran y cada token ocupa memoria. Suele ser mejor usar menos pasajes.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Aplicar</translation>
    </message>
</context>
<context>
    <name>ContextMeter</name>
    <message>
        <source>Context: {used} of {limit} tokens</source>
        <translation>Contexto: {used} de {limit} tokens</translation>
    </message>
    <message>
        <source>The oldest exchanges and the last passages are left out.</source>
        <translation>Se dejan fuera los intercambios más antiguos y los últimos pasajes.</translation>
    </message>
    <message>
        <source>Instructions</source>
        <translation>Instrucciones</translation>
    </message>
    <message>
        <source>Earlier exchanges</source>
        <translation>Intercambios anteriores</translation>
    </message>
    <message>
        <source>Passages</source>
        <translation>Pasajes</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Pregunta</translation>
    </message>
    <message>
        <source>Room for the answer</source>
        <translation>Espacio para la respuesta</translation>
    </message>
</context>
<context>
    <name>ConversationList</name>
    <message>
        <source>Conversations</source>
        <translation>Conversaciones</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportar…</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>Sin título</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Hoy</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Ayer</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>Antes</translation>
    </message>
</context>
<context>
    <name>ConversationsPresenter</name>
    <message>
        <source>{size} of what models kept of conversations were removed.</source>
        <translation>Se borraron {size} de lo que los modelos guardaban de las conversaciones.</translation>
    </message>
    <message>
        <source>Conversation deleted</source>
        <translation>Conversación eliminada</translation>
    </message>
</context>
<context>
    <name>CrashReports</name>
    <message>
        <source>Close Desktop RAG and open it again to do so.</source>
        <translation>Para hacerlo, cierra Desktop RAG y vuelve a abrirlo.</translation>
    </message>
</context>
<context>
    <name>DatabaseOffer</name>
    <message>
        <source>Go back to the copy</source>
        <translation>Volver a la copia</translation>
    </message>
    <message>
        <source>Begin anew</source>
        <translation>Empezar de nuevo</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Salir</translation>
    </message>
</context>
<context>
    <name>Detail</name>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
</context>
<context>
    <name>DetailsDialog</name>
    <message>
        <source>Details of {name}</source>
        <translation>Detalles de {name}</translation>
    </message>
    <message>
        <source>Copy as citation</source>
        <translation>Copiar como cita</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Citations and bibliographies are made of this. What you type is never overwritten.</source>
        <translation>De esto salen las citas y las bibliografías. Lo que escribes nunca se sobrescribe.</translation>
    </message>
</context>
<context>
    <name>DigestPresenter</name>
    <message>
        <source>Document</source>
        <translation>Documento</translation>
    </message>
    <message>
        <source>Names, dates, amounts</source>
        <translation>Nombres, fechas, cantidades</translation>
    </message>
    <message>
        <source>Study questions</source>
        <translation>Preguntas de estudio</translation>
    </message>
    <message>
        <source>p. {label}</source>
        <translation>p. {label}</translation>
    </message>
    <message>
        <source>Written to {name}</source>
        <translation>Escrito en {name}</translation>
    </message>
</context>
<context>
    <name>DocumentActions</name>
    <message>
        <source>Password…</source>
        <extracomment>told in the list of shortcuts</extracomment>
        <translation>Contraseña…</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Reintentar</translation>
    </message>
    <message>
        <source>Ask about these</source>
        <translation>Preguntar sobre estos</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Comparar</translation>
    </message>
    <message>
        <source>Table of these…</source>
        <translation>Tabla con estos…</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Abrir</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Mostrar en su carpeta</translation>
    </message>
    <message>
        <source>Cancel indexing</source>
        <translation>Cancelar la indexación</translation>
    </message>
    <message>
        <source>Remove from library</source>
        <translation>Quitar de la biblioteca</translation>
    </message>
    <message numerus="yes">
        <source>%n document(s) selected</source>
        <translation>
            <numerusform>%n documento seleccionado</numerusform>
            <numerusform>%n documentos seleccionados</numerusform>
        </translation>
    </message>
    <message>
        <source>The reason is not known</source>
        <translation>No se conoce el motivo</translation>
    </message>
    <message numerus="yes">
        <source>%n document(s) need attention</source>
        <translation>
            <numerusform>%n documento requiere atención</numerusform>
            <numerusform>%n documentos requieren atención</numerusform>
        </translation>
    </message>
    <message>
        <source>Recognize text again</source>
        <translation>Volver a reconocer el texto</translation>
    </message>
    <message>
        <source>Index first</source>
        <translation>Indexar primero</translation>
    </message>
    <message>
        <source>Index last</source>
        <translation>Indexar al final</translation>
    </message>
    <message>
        <source>Ask about this</source>
        <translation>Preguntar sobre este</translation>
    </message>
    <message>
        <source>Details…</source>
        <translation>Detalles…</translation>
    </message>
    <message>
        <source>Summarize</source>
        <translation>Resumir</translation>
    </message>
    <message>
        <source>Key points</source>
        <translation>Puntos clave</translation>
    </message>
    <message>
        <source>Study questions</source>
        <translation>Preguntas de estudio</translation>
    </message>
</context>
<context>
    <name>DocumentCard</name>
    <message>
        <source>Stored passage</source>
        <translation>Pasaje guardado</translation>
    </message>
</context>
<context>
    <name>DocumentModel</name>
    <message>
        <source>{name} — in {document}</source>
        <translation>{name} — en {document}</translation>
    </message>
    <message>
        <source>Queued</source>
        <translation>En cola</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>Leyendo</translation>
    </message>
    <message>
        <source>Recognizing</source>
        <translation>Reconociendo</translation>
    </message>
    <message>
        <source>Indexing</source>
        <translation>Indexando</translation>
    </message>
    <message>
        <source>Needs attention</source>
        <translation>Requiere atención</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>Protegido</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Listo</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Falló</translation>
    </message>
    <message>
        <source>{state} · {page}/{pages}</source>
        <translation>{state} · {page}/{pages}</translation>
    </message>
    <message>
        <source>{state} · {percent} %</source>
        <translation>{state} · {percent} %</translation>
    </message>
    <message>
        <source>{state} · {place}</source>
        <translation>{state} · {place}</translation>
    </message>
    <message>
        <source>Catalan</source>
        <translation>Catalán</translation>
    </message>
    <message>
        <source>German</source>
        <translation>Alemán</translation>
    </message>
    <message>
        <source>English</source>
        <translation>Inglés</translation>
    </message>
    <message>
        <source>Spanish</source>
        <translation>Español</translation>
    </message>
    <message>
        <source>Basque</source>
        <translation>Euskera</translation>
    </message>
    <message>
        <source>French</source>
        <translation>Francés</translation>
    </message>
    <message>
        <source>Galician</source>
        <translation>Gallego</translation>
    </message>
    <message>
        <source>Italian</source>
        <translation>Italiano</translation>
    </message>
    <message>
        <source>Portuguese</source>
        <translation>Portugués</translation>
    </message>
    <message>
        <source>Text is recognized in pictures: page {page} of {pages}.</source>
        <translation>Se reconoce el texto de las imágenes: página {page} de {pages}.</translation>
    </message>
    <message>
        <source>Recognized text: {percent} % of its words are known, some letters are wrong.</source>
        <translation>Texto reconocido: se conoce el {percent} % de sus palabras; algunas letras están mal.</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>no se sabe</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Título</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Páginas</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Idioma</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>Añadido</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Estado</translation>
    </message>
</context>
<context>
    <name>DocumentPlaces</name>
    <message numerus="yes">
        <source>%n place(s)</source>
        <translation>
            <numerusform>%n lugar</numerusform>
            <numerusform>%n lugares</numerusform>
        </translation>
    </message>
    <message>
        <source>{places}, p. {pages}</source>
        <translation>{places}, pág. {pages}</translation>
    </message>
    <message numerus="yes">
        <source>Show %n more place(s)</source>
        <translation>
            <numerusform>Mostrar %n lugar más</numerusform>
            <numerusform>Mostrar %n lugares más</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more place(s)</source>
        <translation>
            <numerusform>%n lugar más</numerusform>
            <numerusform>%n lugares más</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DocumentTable</name>
    <message>
        <source>Add documents…</source>
        <translation>Añadir documentos…</translation>
    </message>
    <message>
        <source>Files that were passed over</source>
        <translation>Archivos omitidos</translation>
    </message>
    <message>
        <source>Filter by title or path</source>
        <translation>Filtrar por título o ruta</translation>
    </message>
    <message>
        <source>No document matches “{words}”</source>
        <translation>Ningún documento coincide con «{words}»</translation>
    </message>
</context>
<context>
    <name>DocumentTools</name>
    <message>
        <source>Page</source>
        <translation>Página</translation>
    </message>
    <message>
        <source>Go to a page: type its label or number</source>
        <translation>Ir a una página: escribe su número o cómo aparece impresa</translation>
    </message>
    <message>
        <source>Zoom out (Ctrl+−)</source>
        <translation>Reducir (Ctrl+−)</translation>
    </message>
    <message>
        <source>Zoom in (Ctrl++)</source>
        <translation>Ampliar (Ctrl++)</translation>
    </message>
    <message>
        <source>Fit width (Ctrl+0)</source>
        <translation>Ajustar al ancho (Ctrl+0)</translation>
    </message>
    <message>
        <source>Show pages as large as on paper</source>
        <translation>Ver las páginas al tamaño del papel</translation>
    </message>
    <message>
        <source>Find in document (Ctrl+F)</source>
        <translation>Buscar en el documento (Ctrl+F)</translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation>{percent} %</translation>
    </message>
    <message>
        <source>Zoom: {percent}</source>
        <translation>Tamaño: {percent}</translation>
    </message>
</context>
<context>
    <name>DocumentView</name>
    <message>
        <source>Documents</source>
        <translation>Documentos</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Columnas</translation>
    </message>
</context>
<context>
    <name>DownloadsPage</name>
    <message>
        <source>Downloads</source>
        <translation>Descargas</translation>
    </message>
    <message>
        <source>Nothing is being downloaded.</source>
        <translation>No se está descargando nada.</translation>
    </message>
    <message>
        <source>Get a model</source>
        <translation>Conseguir un modelo</translation>
    </message>
    <message>
        <source>{name}: downloaded</source>
        <translation>{name}: descargado</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pausar</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Continuar</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Reintentar</translation>
    </message>
    <message>
        <source>Get this first</source>
        <translation>Descargar antes</translation>
    </message>
    <message>
        <source>Cancel the download</source>
        <translation>Cancelar la descarga</translation>
    </message>
    <message>
        <source>Remove from the list</source>
        <translation>Quitar de la lista</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>En espera</translation>
    </message>
    <message>
        <source>Downloading</source>
        <translation>Descargando</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>En pausa</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Falló</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>Terminada</translation>
    </message>
    <message>
        <source>{done} of {size}</source>
        <translation>{done} de {size}</translation>
    </message>
    <message>
        <source>{size}/s</source>
        <translation>{size}/s</translation>
    </message>
</context>
<context>
    <name>DropOverlay</name>
    <message>
        <source>Drop documents to add them to {library}</source>
        <translation>Suelta documentos para añadirlos a {library}</translation>
    </message>
    <message>
        <source>Drop documents to add them</source>
        <translation>Suelta documentos para añadirlos</translation>
    </message>
</context>
<context>
    <name>Durations</name>
    <message>
        <source>&lt; 1 min</source>
        <extracomment>in seconds</extracomment>
        <translation>&lt; 1 min</translation>
    </message>
    <message>
        <source>{count} min</source>
        <translation>{count} min</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation>{hours} h {minutes} min</translation>
    </message>
</context>
<context>
    <name>EmbedderOffer</name>
    <message>
        <source>Change</source>
        <translation>Cambiar</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Descargar</translation>
    </message>
    <message>
        <source>Keep as it is</source>
        <translation>Dejarlo como está</translation>
    </message>
    <message>
        <source>Questions in Spanish can find English pages now, and the other way around. {documents} in the background: {time}.</source>
        <translation>Las preguntas en español ya pueden encontrar páginas en inglés, y al revés. {documents} en segundo plano: {time}.</translation>
    </message>
    <message numerus="yes">
        <source>about %n minute(s)</source>
        <translation>
            <numerusform>%n minuto más o menos</numerusform>
            <numerusform>unos %n minutos</numerusform>
        </translation>
    </message>
    <message>
        <source>It takes a download of {size}.</source>
        <translation>Hay que descargar {size}.</translation>
    </message>
    <message numerus="yes">
        <source>%n document(s) will be indexed anew</source>
        <translation>
            <numerusform>Se volverá a indexar %n documento</numerusform>
            <numerusform>Se volverán a indexar %n documentos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EmbedderPresenter</name>
    <message>
        <source>“{name}” finds your documents now</source>
        <translation>Ahora se busca con «{name}»</translation>
    </message>
    <message>
        <source>The index of “{name}” is being built</source>
        <translation>Se está construyendo el índice de «{name}»</translation>
    </message>
</context>
<context>
    <name>EmptyChat</name>
    <message>
        <source>Add documents…</source>
        <translation>Añadir documentos…</translation>
    </message>
    <message>
        <source>Open the sample library</source>
        <translation>Abrir la biblioteca de ejemplo</translation>
    </message>
    <message>
        <source>Reading your documents…</source>
        <translation>Leyendo tus documentos…</translation>
    </message>
    <message>
        <source>You can ask as soon as the first one is ready.</source>
        <translation>Podrás preguntar en cuanto el primero esté listo.</translation>
    </message>
    <message>
        <source>What do you want to know?</source>
        <translation>¿Qué quieres saber?</translation>
    </message>
    <message>
        <source>Ask in your own words; every answer shows the page it rests on.</source>
        <translation>Pregunta con tus palabras; cada respuesta muestra la página en que se apoya.</translation>
    </message>
    <message>
        <source>Ask your documents</source>
        <translation>Pregunta a tus documentos</translation>
    </message>
    <message>
        <source>Drop files anywhere in this window; they stay on this computer.</source>
        <translation>Suelta archivos en cualquier lugar de esta ventana; no salen de este equipo.</translation>
    </message>
</context>
<context>
    <name>EmptyLibrary</name>
    <message>
        <source>Add documents…</source>
        <translation>Añadir documentos…</translation>
    </message>
    <message>
        <source>Look at a sample library first</source>
        <translation>Ver antes la biblioteca de ejemplo</translation>
    </message>
    <message>
        <source>Add documents to ask about them</source>
        <translation>Añade documentos para preguntar sobre ellos</translation>
    </message>
    <message>
        <source>{names}, web pages, e-mail, text and scanned pictures</source>
        <translation>{names}, páginas web, correo, texto e imágenes escaneadas</translation>
    </message>
    <message>
        <source>or drop files anywhere in this window</source>
        <translation>o suelta archivos en cualquier parte de esta ventana</translation>
    </message>
</context>
<context>
    <name>ExportImportPresenter</name>
    <message>
        <source>Add documents first: there is no library to export.</source>
        <translation>Añade primero documentos: no hay ninguna biblioteca que exportar.</translation>
    </message>
    <message>
        <source>Exporting “{name}”: {done} of {total} documents</source>
        <translation>Exportando «{name}»: {done} de {total} documentos</translation>
    </message>
    <message>
        <source>Looking into {name}</source>
        <translation>Leyendo {name}</translation>
    </message>
    <message>
        <source>Importing: {done} of {total} documents</source>
        <translation>Importando: {done} de {total} documentos</translation>
    </message>
    <message>
        <source>A library is being carried already. Wait until it is done.</source>
        <translation>Ya se está exportando o importando una biblioteca. Espera a que termine.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Cancelled. Nothing was changed.</source>
        <translation>Cancelado. No se ha cambiado nada.</translation>
    </message>
    <message>
        <source>Exported to {path}</source>
        <translation>Exportada a {path}</translation>
    </message>
    <message numerus="yes">
        <source>%n document(s) could not be had and are left out.</source>
        <translation>
            <numerusform>%n documento no estaba disponible y queda fuera.</numerusform>
            <numerusform>%n documentos no estaban disponibles y quedan fuera.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>What was read of %n document(s) is damaged here: remove and add them again ({names})</source>
        <translation>
            <numerusform>Lo que se leyó de %n documento está dañado aquí: quítalo y vuelve a añadirlo ({names})</numerusform>
            <numerusform>Lo que se leyó de %n documentos está dañado aquí: quítalos y vuelve a añadirlos ({names})</numerusform>
        </translation>
    </message>
    <message>
        <source>“{name}” is here</source>
        <translation>«{name}» ya está aquí</translation>
    </message>
    <message numerus="yes">
        <source>%n document(s) are being embedded anew: search works otherwise here</source>
        <translation>
            <numerusform>%n documento se está indexando de nuevo: aquí se busca con otro modelo</numerusform>
            <numerusform>%n documentos se están indexando de nuevo: aquí se busca con otro modelo</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The files of %n document(s) are not here: their text is found; add the files to see their pages</source>
        <translation>
            <numerusform>El archivo de %n documento no está aquí: su texto se encuentra igual; añade el archivo para ver sus páginas</numerusform>
            <numerusform>Los archivos de %n documentos no están aquí: su texto se encuentra igual; añade los archivos para ver sus páginas</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n document(s) are damaged in the file, and only what is sound was taken: {names}</source>
        <translation>
            <numerusform>%n documento está dañado en el archivo, y solo se tomó lo que está bien: {names}</numerusform>
            <numerusform>%n documentos están dañados en el archivo, y solo se tomó lo que está bien: {names}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FindBar</name>
    <message>
        <source>Find in document</source>
        <translation>Buscar en el documento</translation>
    </message>
    <message>
        <source>Previous match (Shift+Enter)</source>
        <translation>Coincidencia anterior (Mayús+Intro)</translation>
    </message>
    <message>
        <source>Next match (Enter)</source>
        <translation>Coincidencia siguiente (Intro)</translation>
    </message>
    <message>
        <source>Close find bar (Esc)</source>
        <translation>Cerrar la búsqueda (Esc)</translation>
    </message>
    <message>
        <source>{at} of {count}</source>
        <translation>{at} de {count}</translation>
    </message>
    <message numerus="yes">
        <source>%n match(es)</source>
        <translation>
            <numerusform>%n coincidencia</numerusform>
            <numerusform>%n coincidencias</numerusform>
        </translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>Buscando…</translation>
    </message>
    <message>
        <source>No matches</source>
        <translation>Sin coincidencias</translation>
    </message>
</context>
<context>
    <name>FoundPlaces</name>
    <message numerus="yes">
        <source>Show %n more document(s)</source>
        <translation>
            <numerusform>Mostrar %n documento más</numerusform>
            <numerusform>Mostrar %n documentos más</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more document(s)</source>
        <translation>
            <numerusform>%n documento más</numerusform>
            <numerusform>%n documentos más</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HubPage</name>
    <message>
        <source>Asking the hub</source>
        <translation>Preguntando al hub</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Models on the hub</source>
        <translation>Modelos del hub</translation>
    </message>
    <message>
        <source>Files of the model</source>
        <translation>Archivos del modelo</translation>
    </message>
    <message numerus="yes">
        <source>%n model(s) for “{words}”</source>
        <translation>
            <numerusform>%n modelo para «{words}»</numerusform>
            <numerusform>%n modelos para «{words}»</numerusform>
        </translation>
    </message>
    <message>
        <source>The hub has no GGUF for “{words}”. Try fewer or other words.</source>
        <translation>El hub no tiene ningún GGUF para «{words}». Prueba con menos palabras o con otras.</translation>
    </message>
    <message>
        <source>Its owner wants terms to be accepted first, at {page}.</source>
        <translation>Su dueño pide aceptar antes unas condiciones, en {page}.</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) in {repository}</source>
        <translation>
            <numerusform>%n archivo en {repository}</numerusform>
            <numerusform>%n archivos en {repository}</numerusform>
        </translation>
    </message>
    <message>
        <source>{repository} has no GGUF file. Choose another one.</source>
        <translation>{repository} no tiene ningún archivo GGUF. Elige otro.</translation>
    </message>
    <message>
        <source>Show its files</source>
        <translation>Ver sus archivos</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Descargar</translation>
    </message>
    <message>
        <source>Check whether it fits</source>
        <translation>Comprobar si cabe</translation>
    </message>
    <message>
        <source>Reads the beginning of the file, some megabytes</source>
        <translation>Lee el comienzo del archivo, unos megabytes</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>Lo encontrado</translation>
    </message>
    <message>
        <source>Recommended models</source>
        <translation>Modelos recomendados</translation>
    </message>
    <message>
        <source>{count} downloads</source>
        <translation>{count} descargas</translation>
    </message>
    <message>
        <source>{count} likes</source>
        <translation>{count} me gusta</translation>
    </message>
    <message>
        <source>terms to accept</source>
        <translation>pide aceptar condiciones</translation>
    </message>
    <message>
        <source>Recommended</source>
        <translation>Recomendado</translation>
    </message>
    <message>
        <source>Installed</source>
        <translation>Instalado</translation>
    </message>
    <message>
        <source>licence: {name}</source>
        <translation>licencia: {name}</translation>
    </message>
    <message>
        <source>changed on {day}</source>
        <translation>cambió el {day}</translation>
    </message>
    <message>
        <source>The file does not say enough to tell whether it fits.</source>
        <translation>El archivo no dice lo suficiente para saber si cabe.</translation>
    </message>
    <message>
        <source>Reading the beginning of the file…</source>
        <translation>Leyendo el comienzo del archivo…</translation>
    </message>
    <message>
        <source>Downloading…</source>
        <translation>Descargando…</translation>
    </message>
    <message>
        <source>Asking for the files of {name}…</source>
        <translation>Preguntando por los archivos de {name}…</translation>
    </message>
</context>
<context>
    <name>IndexSwitch</name>
    <message numerus="yes">
        <source>What is searched was damaged: %n document(s) put into it again.</source>
        <translation>
            <numerusform>Lo que se busca estaba dañado: se vuelve a incluir %n documento.</numerusform>
            <numerusform>Lo que se busca estaba dañado: se vuelven a incluir %n documentos.</numerusform>
        </translation>
    </message>
    <message>
        <source>“{name}” goes on finding your documents.</source>
        <translation>Se sigue buscando con «{name}».</translation>
    </message>
</context>
<context>
    <name>InstalledPage</name>
    <message>
        <source>Installed models</source>
        <translation>Modelos instalados</translation>
    </message>
    <message>
        <source>Add a file…</source>
        <translation>Añadir un archivo…</translation>
    </message>
    <message>
        <source>Get a model</source>
        <translation>Conseguir un modelo</translation>
    </message>
    <message>
        <source>No language model: quote the documents</source>
        <translation>Sin modelo de lenguaje: citar los documentos</translation>
    </message>
    <message>
        <source>Answers are sentences of your documents; nothing is invented.</source>
        <translation>Las respuestas son frases de tus documentos; nada se inventa.</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>En uso</translation>
    </message>
    <message>
        <source>Cannot be used</source>
        <translation>No se puede usar</translation>
    </message>
    <message>
        <source>{speed} tokens/s measured</source>
        <translation>{speed} tokens/s medidos</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>Usar</translation>
    </message>
    <message>
        <source>Benchmark</source>
        <translation>Medir</translation>
    </message>
    <message>
        <source>Examine</source>
        <translation>Examinar</translation>
    </message>
    <message>
        <source>Make smaller…</source>
        <translation>Reducir…</translation>
    </message>
    <message>
        <source>Adapters…</source>
        <translation>Adaptadores…</translation>
    </message>
    <message>
        <source>Longer context…</source>
        <translation>Contexto más largo…</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Mostrar en su carpeta</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Quitar</translation>
    </message>
    <message>
        <source>Measure how fast it reads and writes here</source>
        <translation>Mide qué tan rápido lee y escribe aquí</translation>
    </message>
    <message>
        <source>Find out how well it answers, with questions of known answers</source>
        <translation>Averigua cómo responde, con preguntas de respuesta conocida</translation>
    </message>
    <message>
        <source>Make a copy that takes less memory</source>
        <translation>Hace una copia que ocupa menos memoria</translation>
    </message>
    <message>
        <source>Or drop a .gguf file anywhere in this window.</source>
        <translation>O suelta un archivo .gguf en cualquier parte de esta ventana.</translation>
    </message>
    <message>
        <source>Use to search…</source>
        <translation>Usar para buscar…</translation>
    </message>
    <message>
        <source>reads up to {tokens} tokens at once</source>
        <translation>lee hasta {tokens} tokens de una vez</translation>
    </message>
    <message>
        <source>last used on {day}</source>
        <translation>usado por última vez el {day}</translation>
    </message>
    <message>
        <source>licence: {name}</source>
        <translation>licencia: {name}</translation>
    </message>
    <message>
        <source>Measured: reads {read} and writes {wrote} tokens/s, {memory} of memory</source>
        <translation>Medido: lee {read} y escribe {wrote} tokens/s, {memory} de memoria</translation>
    </message>
    <message numerus="yes">
        <source>%n adapter(s)</source>
        <translation>
            <numerusform>%n adaptador</numerusform>
            <numerusform>%n adaptadores</numerusform>
        </translation>
    </message>
    <message>
        <source>context stretched to {tokens} tokens</source>
        <translation>contexto alargado a {tokens} tokens</translation>
    </message>
    <message>
        <source>Measuring how fast it reads and writes…</source>
        <translation>Midiendo qué tan rápido lee y escribe…</translation>
    </message>
    <message>
        <source>Finding out how well it answers…</source>
        <translation>Averiguando cómo responde…</translation>
    </message>
    <message>
        <source>Making a smaller copy…</source>
        <translation>Haciendo una copia reducida…</translation>
    </message>
    <message>
        <source>Copying the file…</source>
        <translation>Copiando el archivo…</translation>
    </message>
    <message>
        <source>Delete “{name}” from the disk? {size} become free.</source>
        <translation>¿Borrar «{name}» del disco? Quedan libres {size}.</translation>
    </message>
    <message>
        <source>Delete the file</source>
        <translation>Borrar el archivo</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Conservarlo</translation>
    </message>
</context>
<context>
    <name>InstalledPresenter</name>
    <message>
        <source>Copying: {share} %</source>
        <translation>Copiando: {share} %</translation>
    </message>
    <message>
        <source>“{name}” is no longer listed</source>
        <translation>«{name}» ya no está en la lista</translation>
    </message>
    <message>
        <source>“{name}” is ready</source>
        <translation>«{name}» está listo</translation>
    </message>
    <message>
        <source>“{name}” was measured</source>
        <translation>«{name}» está medido</translation>
    </message>
</context>
<context>
    <name>LanguageDownload</name>
    <message>
        <source>Language to get data for</source>
        <translation>Idioma del que obtener datos</translation>
    </message>
    <message>
        <source>Another language…</source>
        <translation>Otro idioma…</translation>
    </message>
    <message>
        <source>Get data</source>
        <translation>Obtener datos</translation>
    </message>
    <message>
        <source>Progress of the language data</source>
        <translation>Progreso de los datos del idioma</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>{language}: {done} of {size}</source>
        <translation>{language}: {done} de {size}</translation>
    </message>
    <message>
        <source>{language}…</source>
        <translation>{language}…</translation>
    </message>
    <message>
        <source>Getting {language}</source>
        <translation>Obteniendo {language}</translation>
    </message>
</context>
<context>
    <name>LanguageList</name>
    <message>
        <source>Earlier</source>
        <translation>Antes</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Después</translation>
    </message>
    <message>
        <source>There is no data for: {languages}</source>
        <translation>Faltan los datos de: {languages}</translation>
    </message>
</context>
<context>
    <name>LibraryList</name>
    <message>
        <source>Libraries</source>
        <translation>Bibliotecas</translation>
    </message>
    <message>
        <source>Export the library…</source>
        <translation>Exportar la biblioteca…</translation>
    </message>
    <message numerus="yes">
        <source>%n document(s)</source>
        <translation>
            <numerusform>%n documento</numerusform>
            <numerusform>%n documentos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LibraryPresenter</name>
    <message>
        <source>My documents</source>
        <translation>Mis documentos</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>Ejemplos</translation>
    </message>
    <message>
        <source>Another library has this name. Choose another one.</source>
        <translation>Otra biblioteca tiene este nombre. Elige otro.</translation>
    </message>
    <message>
        <source>Text recognition is switched off in the settings.</source>
        <translation>El reconocimiento de texto está desactivado en los ajustes.</translation>
    </message>
</context>
<context>
    <name>ListsPresenter</name>
    <message>
        <source>Add documents first: references are brought to them.</source>
        <extracomment>between two looks at the databases of Zotero</extracomment>
        <translation>Añade documentos primero: las referencias son para ellos.</translation>
    </message>
    <message>
        <source>Make a library first: it follows one of Zotero&apos;s.</source>
        <translation>Crea primero una biblioteca: seguirá a una de Zotero.</translation>
    </message>
    <message>
        <source>Zotero is no longer followed; its documents stay.</source>
        <translation>Ya no se sigue a Zotero; sus documentos se quedan.</translation>
    </message>
    <message numerus="yes">
        <source>%n document(s) have their references now</source>
        <translation>
            <numerusform>%n documento tiene ya su referencia</numerusform>
            <numerusform>%n documentos tienen ya su referencia</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new document(s) from Zotero</source>
        <translation>
            <numerusform>%n documento nuevo de Zotero</numerusform>
            <numerusform>%n documentos nuevos de Zotero</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message numerus="yes">
        <source>%n document(s)</source>
        <translation>
            <numerusform>%n documento</numerusform>
            <numerusform>%n documentos</numerusform>
        </translation>
    </message>
    <message>
        <source>Right pane</source>
        <translation>Panel derecho</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>Documento</translation>
    </message>
    <message>
        <source>How answers are written</source>
        <translation>Cómo se escriben las respuestas</translation>
    </message>
    <message>
        <source>Centre pane</source>
        <translation>Panel central</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>Chat</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>Documentos</translation>
    </message>
    <message>
        <source>Tables</source>
        <translation>Tablas</translation>
    </message>
    <message>
        <source>Use this language model</source>
        <translation>Usar este modelo de lenguaje</translation>
    </message>
    <message>
        <source>What was copied is no file and no path of one.</source>
        <translation>Lo copiado no es un archivo ni la ruta de uno.</translation>
    </message>
</context>
<context>
    <name>ModelButton</name>
    <message>
        <source>No language model</source>
        <translation>Sin modelo de lenguaje</translation>
    </message>
    <message>
        <source>Language model: {name}</source>
        <translation>Modelo de lenguaje: {name}</translation>
    </message>
    <message>
        <source>Quote the documents</source>
        <translation>Citar los documentos</translation>
    </message>
    <message>
        <source>Models…</source>
        <translation>Modelos…</translation>
    </message>
    <message>
        <source>Choose the language model that writes answers</source>
        <translation>Elegir el modelo de lenguaje que escribe las respuestas</translation>
    </message>
</context>
<context>
    <name>ModelQuestions</name>
    <message>
        <source>Add a language model</source>
        <translation>Añadir un modelo de lenguaje</translation>
    </message>
    <message>
        <source>Add an adapter</source>
        <translation>Añadir un adaptador</translation>
    </message>
    <message>
        <source>GGUF files (*.gguf)</source>
        <translation>Archivos GGUF (*.gguf)</translation>
    </message>
</context>
<context>
    <name>ModelWords</name>
    <message>
        <source>Language model</source>
        <translation>Modelo de lenguaje</translation>
    </message>
    <message>
        <source>Embedder</source>
        <translation>Modelo de embeddings</translation>
    </message>
    <message>
        <source>Reranker</source>
        <translation>Reordenador</translation>
    </message>
    <message>
        <source>Entailment model</source>
        <translation>Modelo de inferencia textual</translation>
    </message>
    <message>
        <source>Fits</source>
        <translation>Cabe</translation>
    </message>
    <message>
        <source>Slow</source>
        <translation>Lento</translation>
    </message>
    <message>
        <source>Won’t fit</source>
        <translation>No cabe</translation>
    </message>
    <message>
        <source>{size} of memory</source>
        <translation>{size} de memoria</translation>
    </message>
    <message>
        <source>about {speed} tokens/s</source>
        <translation>unos {speed} tokens/s</translation>
    </message>
    <message numerus="yes">
        <source>Right in {passed} of %n question(s)</source>
        <translation>
            <numerusform>Acierta {passed} de %n pregunta</numerusform>
            <numerusform>Acierta {passed} de %n preguntas</numerusform>
        </translation>
    </message>
    <message>
        <source>Not examined yet: your documents’ own words stand before its answers.</source>
        <translation>Aún sin examinar: las palabras de tus documentos van antes que sus respuestas.</translation>
    </message>
    <message>
        <source>right passage cited in {count}</source>
        <translation>cita el pasaje correcto en {count}</translation>
    </message>
    <message>
        <source>“not in the documents” said in {count} of {all}</source>
        <translation>dice «no está en los documentos» en {count} de {all}</translation>
    </message>
    <message>
        <source>{seconds} s for an answer</source>
        <translation>{seconds} s por respuesta</translation>
    </message>
    <message>
        <source>Its answers stand first where your documents bear them out.</source>
        <translation>Sus respuestas van primero cuando tus documentos las respaldan.</translation>
    </message>
    <message>
        <source>Your documents’ own words stand before its answers.</source>
        <translation>Las palabras de tus documentos van antes que sus respuestas.</translation>
    </message>
    <message>
        <source>{count} parameters</source>
        <translation>{count} de parámetros</translation>
    </message>
    <message>
        <source>Nothing is left out: the largest, and hardly better than Q8_0.</source>
        <translation>No se pierde nada: el más grande, y apenas mejor que Q8_0.</translation>
    </message>
    <message>
        <source>Almost exactly the original, at half its size.</source>
        <translation>Casi igual que el original, a la mitad de tamaño.</translation>
    </message>
    <message>
        <source>Very close to the original.</source>
        <translation>Muy cerca del original.</translation>
    </message>
    <message>
        <source>A little better than Q4_K_M, and a little larger.</source>
        <translation>Algo mejor que Q4_K_M, y algo más grande.</translation>
    </message>
    <message>
        <source>Recommended: little is lost at under a third of the size.</source>
        <translation>Recomendado: se pierde poco con menos de un tercio del tamaño.</translation>
    </message>
    <message>
        <source>A little smaller than Q4_K_M, and a little worse.</source>
        <translation>Algo más pequeño que Q4_K_M, y algo peor.</translation>
    </message>
    <message>
        <source>Noticeably worse: for when nothing larger fits.</source>
        <translation>Se nota que es peor: para cuando no cabe nada más grande.</translation>
    </message>
    <message>
        <source>Much is lost: a smaller model in Q4_K_M answers better.</source>
        <translation>Se pierde mucho: un modelo más pequeño en Q4_K_M responde mejor.</translation>
    </message>
    <message>
        <source>How much is left out of this one is not known here.</source>
        <translation>Aquí no se sabe cuánto se pierde con este.</translation>
    </message>
    <message>
        <source>quality {count} of {most}</source>
        <translation>calidad {count} de {most}</translation>
    </message>
    <message>
        <source>Running on: {device}</source>
        <translation>Funciona en: {device}</translation>
    </message>
    <message>
        <source>Running on: {device}, {count} of {all} layers on the GPU</source>
        <translation>Funciona en: {device}, {count} de {all} capas en la GPU</translation>
    </message>
    <message>
        <source>{memory} of memory, {free} free</source>
        <translation>{memory} de memoria, {free} libres</translation>
    </message>
    <message numerus="yes">
        <source>%n core(s)</source>
        <translation>
            <numerusform>%n núcleo</numerusform>
            <numerusform>%n núcleos</numerusform>
        </translation>
    </message>
    <message>
        <source>{name}, {memory} of memory</source>
        <translation>{name}, {memory} de memoria</translation>
    </message>
    <message>
        <source>no graphics card used</source>
        <translation>sin usar tarjeta gráfica</translation>
    </message>
    <message>
        <source>{size} free on the disk</source>
        <translation>{size} libres en el disco</translation>
    </message>
    <message>
        <source>less than a minute left</source>
        <translation>falta menos de un minuto</translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s) left</source>
        <translation>
            <numerusform>falta %n minuto</numerusform>
            <numerusform>faltan %n minutos</numerusform>
        </translation>
    </message>
    <message>
        <source>{hours} h {minutes} min left</source>
        <translation>faltan {hours} h {minutes} min</translation>
    </message>
</context>
<context>
    <name>ModelsDialog</name>
    <message>
        <source>Models</source>
        <translation>Modelos</translation>
    </message>
    <message>
        <source>Looking at what this machine has…</source>
        <translation>Mirando qué tiene este equipo…</translation>
    </message>
    <message>
        <source>Downloads ({count})</source>
        <translation>Descargas ({count})</translation>
    </message>
    <message>
        <source>Downloads</source>
        <translation>Descargas</translation>
    </message>
    <message>
        <source>Only .gguf files are language models. Choose one of those.</source>
        <translation>Solo los archivos .gguf son modelos de lenguaje. Elige uno de esos.</translation>
    </message>
    <message>
        <source>Pages of models</source>
        <translation>Páginas de modelos</translation>
    </message>
    <message>
        <source>Installed</source>
        <translation>Instalados</translation>
    </message>
    <message>
        <source>Get a model</source>
        <translation>Conseguir uno</translation>
    </message>
    <message>
        <source>Searching</source>
        <translation>Búsqueda</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>Conexiones</translation>
    </message>
    <message>
        <source>Add “{name}”?</source>
        <translation>¿Añadir «{name}»?</translation>
    </message>
    <message>
        <source>Copy it ({size})</source>
        <translation>Copiarlo ({size})</translation>
    </message>
    <message>
        <source>Copy it</source>
        <translation>Copiarlo</translation>
    </message>
    <message>
        <source>Keep it where it is</source>
        <translation>Dejarlo donde está</translation>
    </message>
    <message>
        <source>Do not add it</source>
        <translation>No añadirlo</translation>
    </message>
    <message>
        <source>Drop it to add this language model</source>
        <translation>Suéltalo para añadir este modelo de lenguaje</translation>
    </message>
</context>
<context>
    <name>ModelsPresenter</name>
    <message>
        <source>“{name}” is here and writes the answers now.</source>
        <translation>«{name}» ya está aquí y desde ahora escribe las respuestas.</translation>
    </message>
</context>
<context>
    <name>NamesDialog</name>
    <message>
        <source>Names, dates, amounts</source>
        <translation>Nombres, fechas, cantidades</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Tipo</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Todo</translation>
    </message>
    <message>
        <source>Find a name</source>
        <translation>Buscar un nombre</translation>
    </message>
    <message>
        <source>Open page</source>
        <translation>Abrir página</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportar…</translation>
    </message>
    <message>
        <source>Write this list to a file for spreadsheets (CSV)</source>
        <translation>Escribir esta lista en un archivo para hojas de cálculo (CSV)</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message numerus="yes">
        <source>%n more, named less often, are not listed</source>
        <translation>
            <numerusform>%n más, que se nombra menos, no está en la lista</numerusform>
            <numerusform>%n más, que se nombran menos, no están en la lista</numerusform>
        </translation>
    </message>
    <message>
        <source>Page {label}</source>
        <translation>Página {label}</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>Persona</translation>
    </message>
    <message>
        <source>Organisation</source>
        <translation>Organización</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Lugar</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Fecha</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>Cantidad</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nombre</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>Veces</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Páginas</translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message>
        <source>A newer version of Desktop RAG has written the data in “{path}”.</source>
        <translation>Una versión más reciente de Desktop RAG ha escrito los datos de «{path}».</translation>
    </message>
    <message>
        <source>The database in “{path}” is damaged ({reason}).</source>
        <translation>La base de datos de «{path}» está dañada ({reason}).</translation>
    </message>
    <message>
        <source>Update this one.</source>
        <translation>Actualiza esta.</translation>
    </message>
    <message>
        <source>Update this one, or go back to the copy of {copy}: the newer file is kept.</source>
        <translation>Actualiza esta, o vuelve a la copia del {copy}: el archivo más reciente se conserva.</translation>
    </message>
    <message>
        <source>Begin anew and add your documents again, which is quick as they were read already: the damaged file is kept.</source>
        <translation>Empieza de nuevo y vuelve a añadir tus documentos, que irá rápido porque ya se leyeron: el archivo dañado se conserva.</translation>
    </message>
    <message>
        <source>Go back to the copy of {copy}: the damaged file is kept.</source>
        <translation>Vuelve a la copia del {copy}: el archivo dañado se conserva.</translation>
    </message>
    <message>
        <source>Part of what is searched is damaged or missing.</source>
        <translation>Parte de lo que se busca está dañado o falta.</translation>
    </message>
    <message>
        <source>It is made again from what was read of your documents: ask again in a moment.</source>
        <translation>Se rehace con lo que se leyó de tus documentos: vuelve a preguntar en un momento.</translation>
    </message>
    <message>
        <source>Something went wrong.</source>
        <translation>Algo ha salido mal.</translation>
    </message>
    <message>
        <source>Please report it, together with the details.</source>
        <translation>Comunícalo, por favor, junto con los detalles.</translation>
    </message>
    <message>
        <source>“{name}” was not found.</source>
        <translation>No se encontró «{name}».</translation>
    </message>
    <message>
        <source>If it was moved or renamed, add it from its new place.</source>
        <translation>Si lo moviste o le cambiaste el nombre, añádelo desde su nuevo lugar.</translation>
    </message>
    <message>
        <source>“{name}” cannot be opened.</source>
        <translation>«{name}» no se puede abrir.</translation>
    </message>
    <message>
        <source>Check that you may read it, then add it again.</source>
        <translation>Comprueba que tienes permiso para leerlo y añádelo de nuevo.</translation>
    </message>
    <message>
        <source>“{name}” is an empty file.</source>
        <translation>«{name}» es un archivo vacío.</translation>
    </message>
    <message>
        <source>Get a complete copy of it, then add it again.</source>
        <translation>Consigue una copia completa y añádelo de nuevo.</translation>
    </message>
    <message>
        <source>“{name}” changed while it was read.</source>
        <translation>«{name}» cambió mientras se leía.</translation>
    </message>
    <message>
        <source>Add it again once it is completely saved or downloaded.</source>
        <translation>Añádelo de nuevo cuando esté guardado o descargado del todo.</translation>
    </message>
    <message>
        <source>“{name}” is protected by a password.</source>
        <translation>«{name}» está protegido con una contraseña.</translation>
    </message>
    <message>
        <source>“{name}” has no text to search.</source>
        <translation>«{name}» no tiene texto en el que buscar.</translation>
    </message>
    <message>
        <source>“{name}” is blank.</source>
        <translation>«{name}» está en blanco.</translation>
    </message>
    <message>
        <source>Its pages hold neither text nor pictures. Check that it is the file you meant.</source>
        <translation>Sus páginas no tienen texto ni imágenes. Comprueba que es el archivo que querías.</translation>
    </message>
    <message>
        <source>“{name}” is a kind of file that cannot be read.</source>
        <translation>«{name}» es de un tipo de archivo que no se puede leer.</translation>
    </message>
    <message>
        <source>Save it as PDF or DOCX in the program that it is from, then add that.</source>
        <translation>Guárdalo como PDF o DOCX en el programa con el que se hizo y añade esa copia.</translation>
    </message>
    <message>
        <source>“{name}” has not been read yet.</source>
        <translation>«{name}» aún no se ha leído.</translation>
    </message>
    <message>
        <source>Ask again once it is ready.</source>
        <translation>Vuelve a preguntar cuando esté listo.</translation>
    </message>
    <message>
        <source>That password does not open “{name}”.</source>
        <translation>Esa contraseña no abre «{name}».</translation>
    </message>
    <message>
        <source>Give another one; capital and small letters are different.</source>
        <translation>Indica otra; las mayúsculas y las minúsculas cuentan.</translation>
    </message>
    <message>
        <source>Give its password, or add a copy that has none.</source>
        <translation>Indica su contraseña o añade una copia que no la tenga.</translation>
    </message>
    <message>
        <source>“{name}” is protected and cannot be read here.</source>
        <translation>«{name}» está protegido y no se puede leer aquí.</translation>
    </message>
    <message>
        <source>Save a copy without the password in the program that it is from, then add that. A book that only its shop&apos;s reader opens cannot be read.</source>
        <translation>Guarda una copia sin contraseña en el programa con el que se hizo y añádela. Un libro que solo abre el lector de su tienda no se puede leer.</translation>
    </message>
    <message>
        <source>If it is scanned, switch on text recognition in the settings, or add a sharper copy.</source>
        <translation>Si está escaneado, activa el reconocimiento de texto en los ajustes o añade una copia más nítida.</translation>
    </message>
    <message>
        <source>“{name}” holds pictures of text, and the data to recognize it is missing ({languages}).</source>
        <translation>«{name}» contiene imágenes de texto y faltan los datos para reconocerlo ({languages}).</translation>
    </message>
    <message>
        <source>Get it in the settings under “Reading documents”, with `desktop-rag languages get {codes}`, or install it with your system.</source>
        <translation>Obtén los datos en los ajustes, en «Lectura», o con `desktop-rag languages get {codes}`, o instálalos con tu sistema.</translation>
    </message>
    <message>
        <source>Some pages of “{name}” could not be read.</source>
        <translation>Algunas páginas de «{name}» no se pudieron leer.</translation>
    </message>
    <message>
        <source>All are searched but these: {numbers}.</source>
        <translation>Se busca en todas menos en estas: {numbers}.</translation>
    </message>
    <message>
        <source>“{name}” cannot be read.</source>
        <translation>No se puede leer «{name}».</translation>
    </message>
    <message>
        <source>It is damaged, or not what its name says. Get another copy of it, then add that.</source>
        <translation>Está dañado o no es lo que dice su nombre. Consigue otra copia y añádela.</translation>
    </message>
    <message>
        <source>“{name}” is too large to be read.</source>
        <translation>«{name}» es demasiado grande para leerlo.</translation>
    </message>
    <message>
        <source>It holds more than can be read as one document. Divide it into several files, then add those.</source>
        <translation>Contiene más de lo que se puede leer como un solo documento. Divídelo en varios archivos y añádelos.</translation>
    </message>
    <message>
        <source>“{name}” has no pages.</source>
        <translation>«{name}» no tiene páginas.</translation>
    </message>
    <message>
        <source>Get a complete copy of it, then add that.</source>
        <translation>Consigue una copia completa y añádela.</translation>
    </message>
    <message>
        <source>“{name}” is a form that only Adobe Reader can show.</source>
        <translation>«{name}» es un formulario que solo Adobe Reader puede mostrar.</translation>
    </message>
    <message>
        <source>Open it in Adobe Reader, print it to a PDF file there, and add that one.</source>
        <translation>Ábrelo en Adobe Reader, imprímelo allí en un archivo PDF y añade ese.</translation>
    </message>
    <message>
        <source>“{name}” takes too long to read.</source>
        <translation>«{name}» tarda demasiado en leerse.</translation>
    </message>
    <message>
        <source>Reading stopped at page {number}. Allow more time per page in the settings.</source>
        <translation>La lectura se detuvo en la página {number}. Da más tiempo por página en los ajustes.</translation>
    </message>
    <message>
        <source>“{name}” could not be indexed.</source>
        <translation>«{name}» no se pudo indexar.</translation>
    </message>
    <message>
        <source>Something unexpected happened while it was read; the other documents are not affected.</source>
        <translation>Ocurrió algo inesperado al leerlo; los demás documentos no se ven afectados.</translation>
    </message>
    <message>
        <source>“{name}” was left out.</source>
        <translation>«{name}» se dejó fuera.</translation>
    </message>
    <message>
        <source>Two attempts to read it broke off; the other documents are not affected.</source>
        <translation>Dos intentos de leerlo se interrumpieron; los demás documentos no se ven afectados.</translation>
    </message>
    <message>
        <source>Opening “{name}” took too long, or broke off.</source>
        <translation>La apertura de «{name}» tardó demasiado o se interrumpió.</translation>
    </message>
    <message>
        <source>The other documents are not affected. Try again.</source>
        <translation>Los demás documentos no se ven afectados. Vuelve a intentarlo.</translation>
    </message>
    <message>
        <source>If need be, save it anew in your PDF program, then add that.</source>
        <translation>Si hace falta, guárdalo de nuevo con tu programa de PDF y añade ese archivo.</translation>
    </message>
    <message>
        <source>If need be, save it anew in the program that it is from, or divide it, then add that.</source>
        <translation>Si hace falta, guárdalo de nuevo con el programa con que se hizo, o divídelo, y añade eso.</translation>
    </message>
    <message>
        <source>Another window or command is using your documents.</source>
        <translation>Otra ventana u otro comando está usando tus documentos.</translation>
    </message>
    <message>
        <source>Close it or wait until it has finished, then try again.</source>
        <translation>Ciérralo o espera a que termine e inténtalo de nuevo.</translation>
    </message>
    <message>
        <source>The data in “{path}” cannot be used ({reason}).</source>
        <translation>Los datos de «{path}» no se pueden usar ({reason}).</translation>
    </message>
    <message>
        <source>Check that the folder can be read and written, and that Desktop RAG is up to date.</source>
        <translation>Comprueba que se puede leer y escribir en la carpeta y que Desktop RAG está actualizado.</translation>
    </message>
    <message>
        <source>The disk is full.</source>
        <translation>El disco está lleno.</translation>
    </message>
    <message>
        <source>Free some space, then try again: what was saved is still there.</source>
        <translation>Libera espacio e inténtalo de nuevo: lo guardado sigue ahí.</translation>
    </message>
    <message>
        <source>Nothing more fits at “{path}”. Free some space, then try again: what was saved is still there.</source>
        <translation>No cabe nada más en «{path}». Libera espacio e inténtalo de nuevo: lo guardado sigue ahí.</translation>
    </message>
    <message>
        <source>Files that search needs are missing or damaged.</source>
        <translation>Faltan archivos que la búsqueda necesita, o están dañados.</translation>
    </message>
    <message>
        <source>Install Desktop RAG again; they belong at “{path}”.</source>
        <translation>Instala Desktop RAG de nuevo; su lugar es «{path}».</translation>
    </message>
    <message>
        <source>“{name}” was read up to row {taken}; the rest was left out.</source>
        <translation>«{name}» se ha leído hasta la fila {taken}; el resto se ha dejado fuera.</translation>
    </message>
    <message>
        <source>“{name}” was read up to page {taken}; the rest was left out.</source>
        <translation>«{name}» se ha leído hasta la página {taken}; el resto se ha dejado fuera.</translation>
    </message>
    <message>
        <source>To have the rest too, divide it into files and add those.</source>
        <translation>Para tener también el resto, divídelo en varios archivos y añádelos.</translation>
    </message>
    <message>
        <source>The language model took more than {gib:.1f} GiB of memory and was stopped.</source>
        <translation>El modelo de lenguaje ocupó más de {gib:.1f} GiB de memoria y se detuvo.</translation>
    </message>
    <message>
        <source>Your conversations are kept. Ask again; if it happens again, choose a smaller model.</source>
        <translation>Tus conversaciones se conservan. Pregunta otra vez; si se repite, elige un modelo más pequeño.</translation>
    </message>
    <message>
        <source>A background task took more than {gib:.1f} GiB of memory and was stopped.</source>
        <translation>Una tarea en segundo plano ocupó más de {gib:.1f} GiB de memoria y se detuvo.</translation>
    </message>
    <message>
        <source>Nothing that was saved is lost. Try again with less at once, or with a smaller model.</source>
        <translation>No se ha perdido nada de lo guardado. Inténtalo con menos a la vez, o con un modelo más pequeño.</translation>
    </message>
    <message>
        <source>A background task stood still and was ended.</source>
        <translation>Una tarea en segundo plano se quedó parada y se finalizó.</translation>
    </message>
    <message>
        <source>A background task stopped unexpectedly.</source>
        <translation>Una tarea en segundo plano se detuvo de forma inesperada.</translation>
    </message>
    <message>
        <source>Try again; nothing that was saved is lost.</source>
        <translation>Inténtalo de nuevo; no se ha perdido nada de lo guardado.</translation>
    </message>
    <message>
        <source>There is no document at “{path}” that can be read.</source>
        <translation>No hay ningún documento en «{path}» que se pueda leer.</translation>
    </message>
    <message>
        <source>Choose a PDF, a Word or other document, or a folder that holds some.</source>
        <translation>Elige un PDF, un documento de Word o de otro tipo, o una carpeta que tenga alguno.</translation>
    </message>
    <message>
        <source>“{path}” is no kind of file that a table can be written to.</source>
        <translation>«{path}» no es un tipo de archivo en el que se pueda guardar una tabla.</translation>
    </message>
    <message>
        <source>Give it a name that ends in .xlsx, .csv, .docx, .pdf or .md.</source>
        <translation>Dale un nombre que termine en .xlsx, .csv, .docx, .pdf o .md.</translation>
    </message>
    <message>
        <source>The table “{title}” is no longer there.</source>
        <translation>La tabla «{title}» ya no existe.</translation>
    </message>
    <message>
        <source>Make it again; its documents were not touched.</source>
        <translation>Hazla de nuevo; sus documentos no se han tocado.</translation>
    </message>
    <message>
        <source>The file “{path}” cannot be written ({reason}).</source>
        <translation>No se puede escribir el archivo «{path}» ({reason}).</translation>
    </message>
    <message>
        <source>Close it where it is open, or choose another place: what was there is as it was.</source>
        <translation>Ciérralo donde esté abierto o elige otro lugar: lo que había sigue como estaba.</translation>
    </message>
    <message>
        <source>“{path}” is no kind of file that can be written.</source>
        <translation>«{path}» no es un tipo de archivo que se pueda escribir.</translation>
    </message>
    <message>
        <source>Give it a name that ends in .docx, .pdf or .md.</source>
        <translation>Dale un nombre que termine en .docx, .pdf o .md.</translation>
    </message>
    <message>
        <source>The library “{library}” has no conversations.</source>
        <translation>La biblioteca «{library}» no tiene conversaciones.</translation>
    </message>
    <message>
        <source>Ask it something in the window first.</source>
        <translation>Pregúntale antes algo en la ventana.</translation>
    </message>
    <message>
        <source>There is no conversation “{name}” in “{library}”.</source>
        <translation>No hay ninguna conversación «{name}» en «{library}».</translation>
    </message>
    <message>
        <source>Give its title, or its number: 1 is the last one.</source>
        <translation>Da su título o su número: 1 es la última.</translation>
    </message>
    <message>
        <source>The file “{path}” could not be read back, and was removed.</source>
        <translation>El archivo «{path}» no se pudo volver a leer y se ha borrado.</translation>
    </message>
    <message>
        <source>Export the library again, to another disk if it happens once more.</source>
        <translation>Exporta otra vez la biblioteca, y a otro disco si vuelve a ocurrir.</translation>
    </message>
    <message>
        <source>Check that the file is there and that you may read it.</source>
        <translation>Comprueba que el archivo está ahí y que tienes permiso para leerlo.</translation>
    </message>
    <message>
        <source>Choose a file that Desktop RAG has exported.</source>
        <translation>Elige un archivo exportado por Desktop RAG.</translation>
    </message>
    <message>
        <source>A newer version has written it: update Desktop RAG first.</source>
        <translation>Lo escribió una versión más reciente: actualiza antes Desktop RAG.</translation>
    </message>
    <message>
        <source>It is damaged. Export the library again, or copy it anew.</source>
        <translation>Está dañado. Exporta otra vez la biblioteca o vuelve a copiar el archivo.</translation>
    </message>
    <message>
        <source>No library can be brought in from “{path}”.</source>
        <translation>No se puede importar ninguna biblioteca de «{path}».</translation>
    </message>
    <message>
        <source>There is no library “{name}”.</source>
        <translation>No existe la biblioteca «{name}».</translation>
    </message>
    <message>
        <source>There are no study questions to write to a file.</source>
        <translation>No hay preguntas de estudio que escribir en un archivo.</translation>
    </message>
    <message>
        <source>Ask for study questions first.</source>
        <translation>Pide primero preguntas de estudio.</translation>
    </message>
    <message>
        <source>There are none yet: add documents to make the first.</source>
        <translation>Todavía no hay ninguna: añade documentos para crear la primera.</translation>
    </message>
    <message>
        <source>Choose one of these: {known}.</source>
        <translation>Elige una de estas: {known}.</translation>
    </message>
    <message>
        <source>“{path}” is not in the library “{library}”.</source>
        <translation>«{path}» no está en la biblioteca «{library}».</translation>
    </message>
    <message>
        <source>Choose a document that is, or add this one first.</source>
        <translation>Elige un documento que esté en ella, o añade este primero.</translation>
    </message>
    <message>
        <source>The questions in “{path}” cannot be read.</source>
        <translation>Las preguntas de «{path}» no se pueden leer.</translation>
    </message>
    <message>
        <source>Correct line {line}, then try again.</source>
        <translation>Corrige la línea {line} e inténtalo de nuevo.</translation>
    </message>
    <message>
        <source>There is no language model at “{path}”.</source>
        <translation>No hay ningún modelo de lenguaje en «{path}».</translation>
    </message>
    <message>
        <source>Check where it is, or choose another one.</source>
        <translation>Comprueba dónde está, o elige otro.</translation>
    </message>
    <message>
        <source>“{path}” cannot be used as a language model.</source>
        <translation>«{path}» no se puede usar como modelo de lenguaje.</translation>
    </message>
    <message>
        <source>“{model}” does not fit in memory.</source>
        <translation>«{model}» no cabe en la memoria.</translation>
    </message>
    <message>
        <source>It needs {needed_gib:.1f} GiB; {free_gib:.1f} GiB are free. Close other programs, or choose a smaller model.</source>
        <translation>Necesita {needed_gib:.1f} GiB y hay {free_gib:.1f} GiB libres. Cierra otros programas, o elige un modelo más pequeño.</translation>
    </message>
    <message>
        <source>There is no embedder “{name}” here.</source>
        <translation>Aquí no hay ningún modelo de embeddings «{name}».</translation>
    </message>
    <message>
        <source>“{name}” is not installed any more.</source>
        <translation>«{name}» ya no está instalado.</translation>
    </message>
    <message>
        <source>Get it again, or choose another one among the models.</source>
        <translation>Descárgalo otra vez o elige otro entre los modelos.</translation>
    </message>
    <message>
        <source>Its files at “{path}” are missing or damaged. Download it again, or choose another one among the models.</source>
        <translation>Faltan sus archivos en «{path}» o están dañados. Descárgalo de nuevo o elige otro entre los modelos.</translation>
    </message>
    <message>
        <source>The question is too long.</source>
        <translation>La pregunta es demasiado larga.</translation>
    </message>
    <message>
        <source>It takes {tokens} of the {context_tokens} tokens that the language model can hold. Shorten it, or raise that number in the settings.</source>
        <translation>Ocupa {tokens} de los {context_tokens} tokens que caben en el modelo de lenguaje. Acórtala, o sube ese número en los ajustes.</translation>
    </message>
    <message>
        <source>“{name}” cannot be used.</source>
        <translation>«{name}» no se puede usar.</translation>
    </message>
    <message>
        <source>“{path}” cannot be used.</source>
        <translation>«{path}» no se puede usar.</translation>
    </message>
    <message>
        <source>There is no model “{name}” here.</source>
        <translation>Aquí no hay ningún modelo «{name}».</translation>
    </message>
    <message>
        <source>There are none yet: download one, or add a GGUF file.</source>
        <translation>Todavía no hay ninguno: descarga uno o añade un archivo GGUF.</translation>
    </message>
    <message>
        <source>“{name}” is what sorts the passages that are found.</source>
        <translation>«{name}» es lo que ordena los pasajes encontrados.</translation>
    </message>
    <message>
        <source>Choose another reranker, or none, then remove it.</source>
        <translation>Elige otro reordenador, o ninguno, y después quítalo.</translation>
    </message>
    <message>
        <source>“{name}” is what checks the answers.</source>
        <translation>«{name}» es el que comprueba las respuestas.</translation>
    </message>
    <message>
        <source>Choose another entailment model, or none, then remove it.</source>
        <translation>Elige otro modelo de inferencia textual, o ninguno, y después quítalo.</translation>
    </message>
    <message>
        <source>“{name}” is the embedder that your documents are found by.</source>
        <translation>«{name}» es el modelo de embeddings con el que se busca en tus documentos.</translation>
    </message>
    <message>
        <source>Choose another embedder first, among the models or with “desktop-rag embedders use”; once its index serves, this one can be removed.</source>
        <translation>Elige antes otro, entre los modelos o con «desktop-rag embedders use»; cuando su índice esté listo, este se podrá quitar.</translation>
    </message>
    <message>
        <source>“{path}” is no adapter for “{model}”.</source>
        <translation>«{path}» no es un adaptador para «{model}».</translation>
    </message>
    <message>
        <source>Choose a LoRA adapter in GGUF that was made for this model.</source>
        <translation>Elige un adaptador LoRA en GGUF hecho para este modelo.</translation>
    </message>
    <message>
        <source>“{path}” cannot be made into {wanted}.</source>
        <translation>«{path}» no se puede convertir a {wanted}.</translation>
    </message>
    <message>
        <source>Choose a larger file of the same model ({reason}).</source>
        <translation>Elige un archivo más grande del mismo modelo ({reason}).</translation>
    </message>
    <message>
        <source>There is no room for this file at “{path}”.</source>
        <translation>No hay sitio para este archivo en «{path}».</translation>
    </message>
    <message>
        <source>It needs {needed_gib:.1f} GiB; {free_gib:.1f} GiB are free. Free some space, then try again.</source>
        <translation>Necesita {needed_gib:.1f} GiB y hay {free_gib:.1f} GiB libres. Libera espacio e inténtalo de nuevo.</translation>
    </message>
    <message>
        <source>The network is switched off, so “{name}” was not asked for.</source>
        <translation>La red está desactivada, así que no se pidió «{name}».</translation>
    </message>
    <message>
        <source>Allow connections in the settings, under Network.</source>
        <translation>Permite las conexiones en los ajustes, en Red.</translation>
    </message>
    <message>
        <source>There is no connection to get “{name}” ({reason}).</source>
        <translation>No hay conexión para conseguir «{name}» ({reason}).</translation>
    </message>
    <message>
        <source>What the server answers for “{name}” is not taken ({reason}).</source>
        <translation>No se acepta lo que el servidor responde sobre «{name}» ({reason}).</translation>
    </message>
    <message>
        <source>Check its address in the settings, under Network, and whether this network wants you to sign in on a page first; then try again: what has come is kept.</source>
        <translation>Revisa su dirección en los ajustes, en Red, y si esta red pide antes que inicies sesión en una página; después inténtalo de nuevo: lo que ya llegó se conserva.</translation>
    </message>
    <message>
        <source>the connection broke off</source>
        <translation>la conexión se cortó</translation>
    </message>
    <message>
        <source>it took too long</source>
        <translation>tardó demasiado</translation>
    </message>
    <message>
        <source>its name was not found</source>
        <translation>no se encontró su nombre</translation>
    </message>
    <message>
        <source>it refused the connection</source>
        <translation>rechazó la conexión</translation>
    </message>
    <message>
        <source>there is no way there</source>
        <translation>no hay camino hasta allí</translation>
    </message>
    <message>
        <source>its certificate is not trusted</source>
        <translation>su certificado no es de confianza</translation>
    </message>
    <message>
        <source>no encrypted connection came about</source>
        <translation>no se logró una conexión cifrada</translation>
    </message>
    <message>
        <source>the proxy cannot be used</source>
        <translation>el proxy no se puede usar</translation>
    </message>
    <message>
        <source>its address, or one it leads to, is none</source>
        <translation>su dirección, o una a la que lleva, no es válida</translation>
    </message>
    <message>
        <source>it leads to a place where it may not lead</source>
        <translation>lleva a un sitio al que no debe llevar</translation>
    </message>
    <message>
        <source>it leads in a circle</source>
        <translation>lleva en círculo</translation>
    </message>
    <message>
        <source>what it sends is not what a hub sends</source>
        <translation>lo que envía no es lo que envía un servidor de modelos</translation>
    </message>
    <message>
        <source>it sends too much</source>
        <translation>envía demasiado</translation>
    </message>
    <message>
        <source>it sends compressed data that nobody asked for</source>
        <translation>envía datos comprimidos que nadie pidió</translation>
    </message>
    <message>
        <source>it sends another part than was asked for</source>
        <translation>envía otra parte que la pedida</translation>
    </message>
    <message>
        <source>it does not say how large the file is</source>
        <translation>no dice cuánto ocupa el archivo</translation>
    </message>
    <message>
        <source>Check the network, and the proxy in the settings; then go on: what has come is kept.</source>
        <translation>Revisa la red, y el proxy en los ajustes; después continúa: lo que ya llegó se conserva.</translation>
    </message>
    <message>
        <source>“{name}” is given only to people who accept its terms.</source>
        <translation>«{name}» solo se entrega a quien acepta sus condiciones.</translation>
    </message>
    <message>
        <source>Accept them on its page on the web and set HF_TOKEN, or choose another model.</source>
        <translation>Acéptalas en su página web y define HF_TOKEN, o elige otro modelo.</translation>
    </message>
    <message>
        <source>“{name}” does not exist there, or is private.</source>
        <translation>«{name}» no existe allí, o es privado.</translation>
    </message>
    <message>
        <source>Check how it is written, or choose another model.</source>
        <translation>Revisa cómo está escrito o elige otro modelo.</translation>
    </message>
    <message>
        <source>“{name}” has no file “{file}” any more.</source>
        <translation>«{name}» ya no tiene ningún archivo «{file}».</translation>
    </message>
    <message>
        <source>Look at its files again and choose another one.</source>
        <translation>Vuelve a mirar sus archivos y elige otro.</translation>
    </message>
    <message>
        <source>The server of “{name}” does not answer now ({status}).</source>
        <translation>El servidor de «{name}» no responde ahora ({status}).</translation>
    </message>
    <message>
        <source>Try again in some minutes; what has come is kept.</source>
        <translation>Inténtalo dentro de unos minutos; lo que ya llegó se conserva.</translation>
    </message>
    <message>
        <source>What came of “{name}” is not what was promised.</source>
        <translation>Lo que llegó de «{name}» no es lo prometido.</translation>
    </message>
    <message>
        <source>It was thrown away; download it again.</source>
        <translation>Se descartó; descárgalo de nuevo.</translation>
    </message>
    <message>
        <source>There is no data for a language called “{name}”.</source>
        <translation>No hay datos de ningún idioma que se llame «{name}».</translation>
    </message>
    <message>
        <source>Use Tesseract&apos;s name, such as spa or fra; if you set an address of language data, check it.</source>
        <translation>Usa el nombre que le da Tesseract, como spa o fra; si pusiste una dirección de los datos de idiomas, revísala.</translation>
    </message>
    <message>
        <source>“{name}” writes answers, so it cannot be chosen for this.</source>
        <translation>«{name}» escribe respuestas, así que no se puede elegir para esto.</translation>
    </message>
    <message>
        <source>“{name}” is an embedder, so it cannot be chosen for this.</source>
        <translation>«{name}» es un modelo de embeddings, así que no se puede elegir para esto.</translation>
    </message>
    <message>
        <source>“{name}” sorts passages, so it cannot check answers.</source>
        <translation>«{name}» ordena pasajes, así que no puede comprobar respuestas.</translation>
    </message>
    <message>
        <source>“{name}” checks answers, so it cannot sort passages.</source>
        <translation>«{name}» comprueba respuestas, así que no puede ordenar pasajes.</translation>
    </message>
    <message>
        <source>Choose a reranker, or none.</source>
        <translation>Elige un reordenador, o ninguno.</translation>
    </message>
    <message>
        <source>Choose an entailment model, or none.</source>
        <translation>Elige un modelo de inferencia textual, o ninguno.</translation>
    </message>
    <message>
        <source>Choose a reranker or an entailment model.</source>
        <translation>Elige un reordenador o un modelo de inferencia textual.</translation>
    </message>
    <message>
        <source>“{key}” can be downloaded: among the models, or with “desktop-rag models download {key}”.</source>
        <translation>«{key}» se puede descargar: entre los modelos o con «desktop-rag models download {key}».</translation>
    </message>
    <message>
        <source>Did you mean “{near}”? Those here are {known}.</source>
        <translation>¿Querías decir «{near}»? Aquí están {known}.</translation>
    </message>
    <message>
        <source>None came with this installation: install it again.</source>
        <translation>Esta instalación no trae ninguno: vuelve a instalar el programa.</translation>
    </message>
    <message>
        <source>There is no folder of that name.</source>
        <translation>No hay ninguna carpeta con ese nombre.</translation>
    </message>
    <message>
        <source>It holds no embedder for sentence-transformers, no reranker and no entailment model. Choose the folder that modules.json and config.json lie in.</source>
        <translation>No contiene ningún modelo de embeddings para sentence-transformers, ningún reordenador ni ningún modelo de inferencia textual. Elige la carpeta donde están modules.json y config.json.</translation>
    </message>
    <message>
        <source>“{part}” is not in it. Download or save the model again, whole.</source>
        <translation>Le falta «{part}». Descarga o guarda el modelo otra vez, entero.</translation>
    </message>
    <message>
        <source>Its weights are in “{part}”, a format that can hide programs. Get the model with model.safetensors.</source>
        <translation>Sus pesos están en «{part}», un formato que puede esconder programas. Consigue el modelo con model.safetensors.</translation>
    </message>
    <message>
        <source>It wants programs of its own to be run (“{part}”), which is never done here. Choose another model.</source>
        <translation>Pide ejecutar programas propios («{part}»), y eso aquí no se hace nunca. Elige otro modelo.</translation>
    </message>
    <message>
        <source>It has a part that is not known here: “{part}”. Choose another model.</source>
        <translation>Tiene una parte que aquí no se conoce: «{part}». Elige otro modelo.</translation>
    </message>
    <message>
        <source>It sorts texts into “{part}”. Only a model that names its classes entailment, neutral and contradiction can check answers.</source>
        <translation>Clasifica textos en «{part}». Solo puede comprobar respuestas un modelo que llame a sus clases entailment, neutral y contradiction.</translation>
    </message>
    <message>
        <source>“{part}” is a link to a place outside the folder. Copy the folder with its files instead of links, then add the copy.</source>
        <translation>«{part}» es un enlace a un lugar fuera de la carpeta. Copia la carpeta con sus archivos en vez de enlaces y añade la copia.</translation>
    </message>
    <message>
        <source>“{part}” is larger than such a file can be. Choose another model.</source>
        <translation>«{part}» es más grande de lo que puede ser un archivo así. Elige otro modelo.</translation>
    </message>
    <message>
        <source>“{part}” is damaged, or does not go with the rest. Get the model again.</source>
        <translation>«{part}» está dañado o no corresponde al resto. Consigue el modelo otra vez.</translation>
    </message>
    <message>
        <source>It is not a GGUF file. Choose one that is.</source>
        <translation>No es un archivo GGUF. Elige uno que lo sea.</translation>
    </message>
    <message>
        <source>It is in an old format. Get a newer file of the model.</source>
        <translation>Está en un formato antiguo. Consigue un archivo más nuevo del modelo.</translation>
    </message>
    <message>
        <source>It holds only a vocabulary. Choose the model itself.</source>
        <translation>Solo contiene un vocabulario. Elige el modelo mismo.</translation>
    </message>
    <message>
        <source>It is not complete. Download it again.</source>
        <translation>No está completo. Descárgalo de nuevo.</translation>
    </message>
    <message>
        <source>It does not write text. Choose a model for conversation.</source>
        <translation>No escribe texto. Elige un modelo para conversar.</translation>
    </message>
    <message>
        <source>It is an adapter. Choose the model it belongs to, then add it to that.</source>
        <translation>Es un adaptador. Elige el modelo al que pertenece y añádeselo.</translation>
    </message>
    <message>
        <source>It is one of several parts. Choose the first one.</source>
        <translation>Es una de varias partes. Elige la primera.</translation>
    </message>
    <message>
        <source>Its chat template does not end. Choose another model, or another file of this one.</source>
        <translation>Su plantilla de conversación no termina. Elige otro modelo, u otro archivo de este.</translation>
    </message>
    <message>
        <source>Its chat template refuses this conversation. Begin a new one, or choose another model.</source>
        <translation>Su plantilla de conversación rechaza esta conversación. Empieza otra, o elige otro modelo.</translation>
    </message>
    <message>
        <source>Memory ran out. Close other programs, or choose a smaller model.</source>
        <translation>Se agotó la memoria. Cierra otros programas, o elige un modelo más pequeño.</translation>
    </message>
    <message>
        <source>It is damaged. Download it again, or choose another one.</source>
        <translation>Está dañado. Descárgalo de nuevo, o elige otro.</translation>
    </message>
    <message>
        <source>A picture as small as a logo is not read.</source>
        <translation>Una imagen tan pequeña como un logotipo no se lee.</translation>
    </message>
    <message>
        <source>Too much came together with this file in one document.</source>
        <translation>Con este archivo venía demasiado en un mismo documento.</translation>
    </message>
    <message>
        <source>Links to other folders are not followed.</source>
        <translation>No se siguen los enlaces a otras carpetas.</translation>
    </message>
    <message>
        <source>Files of this kind ({ending}) cannot be read.</source>
        <translation>Los archivos de este tipo ({ending}) no se pueden leer.</translation>
    </message>
    <message>
        <source>A file whose name has no ending is read only if it is a PDF or a picture.</source>
        <translation>Un archivo cuyo nombre no tiene extensión solo se lee si es un PDF o una imagen.</translation>
    </message>
    <message>
        <source>Your documents say this</source>
        <translation>Tus documentos lo dicen</translation>
    </message>
    <message>
        <source>Your documents say a part of this</source>
        <translation>Tus documentos dicen una parte</translation>
    </message>
    <message>
        <source>Not found in your documents</source>
        <translation>No está en tus documentos</translation>
    </message>
    <message>
        <source>A greeting: nothing was searched</source>
        <translation>Un saludo: no se buscó nada</translation>
    </message>
    <message>
        <source>Thanks: nothing was searched</source>
        <translation>Un agradecimiento: no se buscó nada</translation>
    </message>
    <message>
        <source>About this program: nothing was searched</source>
        <translation>Sobre este programa: no se buscó nada</translation>
    </message>
    <message>
        <source>It leans on something that was never said</source>
        <translation>Se apoya en algo que no se dijo antes</translation>
    </message>
    <message>
        <source>It goes on from what was said before</source>
        <translation>Continúa lo que se dijo antes</translation>
    </message>
    <message>
        <source>A phrase, word for word</source>
        <translation>Unas palabras exactas</translation>
    </message>
    <message>
        <source>All of something, or how many there are</source>
        <translation>Todo lo que hay de algo, o cuánto hay</translation>
    </message>
    <message>
        <source>A summary</source>
        <translation>Un resumen</translation>
    </message>
    <message>
        <source>The key points</source>
        <translation>Los puntos clave</translation>
    </message>
    <message>
        <source>A comparison</source>
        <translation>Una comparación</translation>
    </message>
    <message>
        <source>A table, with a row for each document</source>
        <translation>Una tabla, con una fila por documento</translation>
    </message>
    <message>
        <source>Questions to learn by</source>
        <translation>Preguntas para estudiar</translation>
    </message>
    <message>
        <source>Something to be written freely</source>
        <translation>Algo que escribir libremente</translation>
    </message>
    <message>
        <source>A question</source>
        <translation>Una pregunta</translation>
    </message>
    <message>
        <source>Calculated: {words}.</source>
        <translation>Cálculo: {words}.</translation>
    </message>
    <message>
        <source>In quotation marks, but in no passage: {words}.</source>
        <translation>Va entre comillas, pero no está en ningún pasaje: {words}.</translation>
    </message>
    <message>
        <source>Not in the passages: {words}.</source>
        <translation>No está en los pasajes: {words}.</translation>
    </message>
    <message>
        <source>No passage has the date {words}.</source>
        <translation>Ningún pasaje tiene la fecha {words}.</translation>
    </message>
    <message>
        <source>No passage has the name {words}.</source>
        <translation>Ningún pasaje tiene el nombre {words}.</translation>
    </message>
    <message>
        <source>A passage says the opposite. It depends on {words}.</source>
        <translation>Un pasaje dice lo contrario. Depende de {words}.</translation>
    </message>
    <message>
        <source>It stands so in a passage, word for word.</source>
        <translation>Está así en un pasaje, palabra por palabra.</translation>
    </message>
    <message>
        <source>A passage says it in other words.</source>
        <translation>Un pasaje lo dice con otras palabras.</translation>
    </message>
    <message>
        <source>It follows from numbers in the passages.</source>
        <translation>Se deduce de números de los pasajes.</translation>
    </message>
    <message>
        <source>What it quotes stands in no passage.</source>
        <translation>Lo que cita no está en ningún pasaje.</translation>
    </message>
    <message>
        <source>A number in it is not in the passages.</source>
        <translation>Tiene un número que no está en los pasajes.</translation>
    </message>
    <message>
        <source>A date in it is not in the passages.</source>
        <translation>Tiene una fecha que no está en los pasajes.</translation>
    </message>
    <message>
        <source>A name in it is not in the passages.</source>
        <translation>Tiene un nombre que no está en los pasajes.</translation>
    </message>
    <message>
        <source>A passage says the opposite.</source>
        <translation>Un pasaje dice lo contrario.</translation>
    </message>
    <message>
        <source>A passage is about the same, but none says all of it.</source>
        <translation>Un pasaje trata de lo mismo, pero ninguno lo dice todo.</translation>
    </message>
    <message>
        <source>No passage says anything like it.</source>
        <translation>Ningún pasaje dice nada parecido.</translation>
    </message>
    <message>
        <source>A passage says this, but it does not answer the question.</source>
        <translation>Un pasaje lo dice, pero no responde a la pregunta.</translation>
    </message>
    <message>
        <source>General knowledge, not from your documents.</source>
        <translation>Conocimiento general, no de tus documentos.</translation>
    </message>
    <message>
        <source>There is nothing in it that could be checked.</source>
        <translation>No hay nada en ella que se pueda comprobar.</translation>
    </message>
    <message>
        <source>“{words}”</source>
        <translation>«{words}»</translation>
    </message>
    <message>
        <source>Searched: {words}</source>
        <translation>Se buscó: {words}</translation>
    </message>
    <message>
        <source>This comes nearest in your documents:</source>
        <translation>Esto es lo más cercano en tus documentos:</translation>
    </message>
    <message>
        <source>Written by a language model, not confirmed by your documents:</source>
        <translation>Escrito por un modelo de lenguaje, sin confirmar por tus documentos:</translation>
    </message>
    <message>
        <source>Your documents say:</source>
        <translation>Tus documentos dicen:</translation>
    </message>
    <message>
        <source>To be taken with care:</source>
        <translation>Conviene tomarlo con cautela:</translation>
    </message>
    <message>
        <source>This answer was stopped before its end.</source>
        <translation>Esta respuesta se detuvo antes de terminar.</translation>
    </message>
    <message>
        <source>Nothing in these documents answers this.</source>
        <translation>Nada en estos documentos responde a esto.</translation>
    </message>
    <message>
        <source>{title}, p. {label}</source>
        <translation>{title}, pág. {label}</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>Fuentes</translation>
    </message>
    <message>
        <source>not found</source>
        <translation>no se encontró</translation>
    </message>
    <message>
        <source>not asked yet</source>
        <translation>aún sin preguntar</translation>
    </message>
    <message>
        <source>edited by hand</source>
        <translation>editado a mano</translation>
    </message>
    <message>
        <source>could not be asked</source>
        <translation>no se pudo preguntar</translation>
    </message>
    <message>
        <source>quoted from the document</source>
        <translation>citado del documento</translation>
    </message>
    <message>
        <source>quoted; it may not answer the question</source>
        <translation>citado; puede que no responda a la pregunta</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>Documento</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>Respuestas</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Pregunta</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Respuesta</translation>
    </message>
    <message>
        <source>How sure</source>
        <translation>Seguridad</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>Página</translation>
    </message>
    <message>
        <source>Quoted</source>
        <translation>Cita</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Archivo</translation>
    </message>
    <message>
        <source>{question} – page</source>
        <translation>{question} – página</translation>
    </message>
    <message>
        <source>{question} – quoted</source>
        <translation>{question} – cita</translation>
    </message>
    <message>
        <source>{question} – how sure</source>
        <translation>{question} – seguridad</translation>
    </message>
    <message>
        <source>“{name}” is too large for a list of references.</source>
        <translation>«{name}» es demasiado grande para una lista de referencias.</translation>
    </message>
    <message>
        <source>Export fewer of them at once; 32 MB are read.</source>
        <translation>Exporta menos de una vez; se leen hasta 32 MB.</translation>
    </message>
    <message>
        <source>“{name}” is no list of references.</source>
        <translation>«{name}» no es una lista de referencias.</translation>
    </message>
    <message>
        <source>Choose a file of BibTeX, RIS or CSL-JSON.</source>
        <translation>Elige un archivo BibTeX, RIS o CSL-JSON.</translation>
    </message>
    <message>
        <source>No reference could be read from “{name}”.</source>
        <translation>No se pudo leer ninguna referencia de «{name}».</translation>
    </message>
    <message>
        <source>Export it again from the program that it comes from.</source>
        <translation>Vuelve a exportarlo desde el programa del que viene.</translation>
    </message>
    <message>
        <source>There is no Zotero library in “{name}”.</source>
        <translation>No hay ninguna biblioteca de Zotero en «{name}».</translation>
    </message>
    <message>
        <source>Choose the folder with zotero.sqlite; Zotero shows it in its settings, under “Files and Folders”.</source>
        <translation>Elige la carpeta con zotero.sqlite; Zotero la muestra en sus preferencias, en «Archivos y carpetas».</translation>
    </message>
    <message>
        <source>Zotero is writing to its library “{name}” just now.</source>
        <translation>Zotero está escribiendo ahora mismo en su biblioteca «{name}».</translation>
    </message>
    <message>
        <source>Try again in a moment, or close Zotero.</source>
        <translation>Vuelve a intentarlo en un momento o cierra Zotero.</translation>
    </message>
    <message>
        <source>The Zotero library “{name}” is damaged.</source>
        <translation>La biblioteca de Zotero «{name}» está dañada.</translation>
    </message>
    <message>
        <source>Open it with Zotero, which offers its last copy.</source>
        <translation>Ábrela con Zotero, que ofrece su última copia.</translation>
    </message>
    <message>
        <source>“{name}” has a database, but it is not Zotero&apos;s.</source>
        <translation>«{name}» tiene una base de datos, pero no es de Zotero.</translation>
    </message>
    <message>
        <source>Choose the folder that Zotero keeps its library in.</source>
        <translation>Elige la carpeta en la que Zotero guarda su biblioteca.</translation>
    </message>
</context>
<context>
    <name>OwnPresets</name>
    <message>
        <source>Own presets</source>
        <translation>Tus preajustes</translation>
    </message>
    <message>
        <source>Delete this preset</source>
        <translation>Borrar este preajuste</translation>
    </message>
    <message>
        <source>Save as a preset…</source>
        <translation>Guardar como preajuste…</translation>
    </message>
    <message>
        <source>Name of the preset</source>
        <translation>Nombre del preajuste</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Guardar</translation>
    </message>
    <message>
        <source>Do not save</source>
        <translation>No guardar</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Deshacer</translation>
    </message>
    <message>
        <source>There is no room for more: the name of an own preset replaces it.</source>
        <translation>No caben más: si usas el nombre de uno tuyo, lo reemplazas.</translation>
    </message>
    <message>
        <source>Keep these values under a name of your own</source>
        <translation>Conserva estos valores con el nombre que quieras</translation>
    </message>
    <message>
        <source>“{name}” deleted</source>
        <translation>«{name}» borrado</translation>
    </message>
</context>
<context>
    <name>PageView</name>
    <message>
        <source>Ask about this</source>
        <translation>Preguntar sobre esto</translation>
    </message>
    <message>
        <source>Page {label} of {count}</source>
        <translation>Página {label} de {count}</translation>
    </message>
    <message>
        <source>Pages of the document</source>
        <translation>Páginas del documento</translation>
    </message>
    <message>
        <source>This page cannot be drawn.</source>
        <translation>Esta página no se puede dibujar.</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copiar</translation>
    </message>
    <message>
        <source>Ask about this selection</source>
        <translation>Preguntar sobre esta selección</translation>
    </message>
    <message>
        <source>Select page</source>
        <translation>Seleccionar la página</translation>
    </message>
</context>
<context>
    <name>PapersPresenter</name>
    <message>
        <source>A file is being written already. Wait until it is done.</source>
        <translation>Ya se está escribiendo un archivo. Espera a que termine.</translation>
    </message>
    <message>
        <source>Writing {name}</source>
        <translation>Escribiendo {name}</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Writing {name}: {done} of {total} parts</source>
        <translation>Escribiendo {name}: {done} de {total} partes</translation>
    </message>
    <message>
        <source>Cancelled. Nothing was changed.</source>
        <translation>Cancelado. No se ha cambiado nada.</translation>
    </message>
    <message>
        <source>{path} is written.</source>
        <translation>{path} está escrito.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Abrir</translation>
    </message>
</context>
<context>
    <name>PassedOverDialog</name>
    <message>
        <source>Files that were passed over</source>
        <translation>Archivos omitidos</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Archivo</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Motivo</translation>
    </message>
</context>
<context>
    <name>PassedOverPresenter</name>
    <message numerus="yes">
        <source>%n kind(s)</source>
        <translation>
            <numerusform>%n tipo</numerusform>
            <numerusform>%n tipos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) of {kinds} were passed over</source>
        <translation>
            <numerusform>Se omitió %n archivo de {kinds}</numerusform>
            <numerusform>Se omitieron %n archivos de {kinds}</numerusform>
        </translation>
    </message>
    <message>
        <source>others</source>
        <translation>otros</translation>
    </message>
</context>
<context>
    <name>PasswordDialog</name>
    <message>
        <source>Password</source>
        <translation>Contraseña</translation>
    </message>
    <message>
        <source>“{name}” is protected by a password</source>
        <translation>«{name}» está protegido con contraseña</translation>
    </message>
    <message>
        <source>Show the password</source>
        <translation>Mostrar la contraseña</translation>
    </message>
    <message>
        <source>Remember it in the keyring of the system</source>
        <translation>Recordarla en el llavero del sistema</translation>
    </message>
    <message numerus="yes">
        <source>Try it on %n other locked document(s) too</source>
        <translation>
            <numerusform>Probarla también con %n documento protegido más</numerusform>
            <numerusform>Probarla también con %n documentos protegidos más</numerusform>
        </translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>Desbloquear</translation>
    </message>
    <message>
        <source>This password does not open the document. Check capitals and keyboard.</source>
        <translation>Esta contraseña no abre el documento. Revisa las mayúsculas y el teclado.</translation>
    </message>
    <message>
        <source>Trying…</source>
        <translation>Probando…</translation>
    </message>
</context>
<context>
    <name>PasswordPresenter</name>
    <message>
        <source>The password is tried when the queue goes on.</source>
        <translation>La contraseña se probará cuando la cola continúe.</translation>
    </message>
</context>
<context>
    <name>ProblemDialog</name>
    <message>
        <source>Something unexpected happened</source>
        <translation>Pasó algo inesperado</translation>
    </message>
    <message>
        <source>Details of the problem</source>
        <translation>Detalles del problema</translation>
    </message>
    <message>
        <source>You can go on working; if something looks wrong, start the program again.</source>
        <translation>Puedes seguir trabajando; si algo se ve mal, vuelve a abrir el programa.</translation>
    </message>
    <message>
        <source>The details were saved in {path} and were sent nowhere.</source>
        <translation>Los detalles se guardaron en {path} y no se enviaron a ningún sitio.</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>Copiar detalles</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Copiado</translation>
    </message>
    <message>
        <source>Hide details</source>
        <translation>Ocultar detalles</translation>
    </message>
    <message>
        <source>Show details</source>
        <translation>Mostrar detalles</translation>
    </message>
</context>
<context>
    <name>ProgressLine</name>
    <message>
        <source>Progress of the table</source>
        <translation>Progreso de la tabla</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pausar</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Continuar</translation>
    </message>
    <message>
        <source>Ask failed ones again</source>
        <translation>Volver a preguntar las fallidas</translation>
    </message>
    <message>
        <source>{done} of {total} cells</source>
        <translation>{done} de {total} celdas</translation>
    </message>
    <message numerus="yes">
        <source>%n could not be asked</source>
        <translation>
            <numerusform>%n no se pudo preguntar</numerusform>
            <numerusform>%n no se pudieron preguntar</numerusform>
        </translation>
    </message>
    <message>
        <source>done</source>
        <translation>terminada</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>en pausa</translation>
    </message>
    <message>
        <source>waits for something else</source>
        <translation>espera a otra tarea</translation>
    </message>
    <message>
        <source>less than a minute left</source>
        <translation>queda menos de un minuto</translation>
    </message>
    <message numerus="yes">
        <source>about %n minute(s) left</source>
        <translation>
            <numerusform>queda alrededor de %n minuto</numerusform>
            <numerusform>quedan unos %n minutos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n hour(s) left</source>
        <translation>
            <numerusform>queda alrededor de %n hora</numerusform>
            <numerusform>quedan unas %n horas</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PromptPage</name>
    <message>
        <source>Copy the prompt</source>
        <translation>Copiar el texto</translation>
    </message>
    <message>
        <source>{count} tokens, {cached} of them remembered from before</source>
        <translation>{count} tokens, {cached} de ellos recordados de antes</translation>
    </message>
    <message>
        <source>{count} tokens, {speed} per second</source>
        <translation>{count} tokens, {speed} por segundo</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} s</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>Leído</translation>
    </message>
    <message>
        <source>Written</source>
        <translation>Escrito</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Momento</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>Excluido</translation>
    </message>
    <message>
        <source>The prompt of this answer was not kept.</source>
        <translation>No se guardó el texto que recibió el modelo para esta respuesta.</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>Texto para el modelo</translation>
    </message>
</context>
<context>
    <name>QuantizeDialog</name>
    <message>
        <source>Make smaller</source>
        <translation>Reducir</translation>
    </message>
    <message>
        <source>Sizes</source>
        <translation>Tamaños</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Make a smaller copy</source>
        <translation>Hacer una copia reducida</translation>
    </message>
    <message>
        <source>Recommended</source>
        <translation>Recomendado</translation>
    </message>
    <message>
        <source>about {size}</source>
        <translation>unos {size}</translation>
    </message>
    <message>
        <source>“{name}” takes {size} now and stays as it is. The copy is one more model.</source>
        <translation>«{name}» ocupa ahora {size} y se queda como está. La copia es un modelo más.</translation>
    </message>
    <message>
        <source>The dots tell how much of the model’s quality is left.</source>
        <translation>Los puntos indican cuánta calidad conserva el modelo.</translation>
    </message>
</context>
<context>
    <name>QuestionEdit</name>
    <message>
        <source>Question</source>
        <translation>Pregunta</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Enviar</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
</context>
<context>
    <name>Questions</name>
    <message>
        <source>PDF files (*.pdf)</source>
        <translation>Archivos PDF (*.pdf)</translation>
    </message>
    <message>
        <source>Add documents</source>
        <translation>Añadir documentos</translation>
    </message>
    <message>
        <source>Add a folder of documents</source>
        <translation>Añadir una carpeta de documentos</translation>
    </message>
    <message>
        <source>Choose a language model</source>
        <translation>Elegir un modelo de lenguaje</translation>
    </message>
    <message>
        <source>Language models (*.gguf)</source>
        <translation>Modelos de lenguaje (*.gguf)</translation>
    </message>
    <message>
        <source>Where is the document now?</source>
        <translation>¿Dónde está ahora el documento?</translation>
    </message>
    <message>
        <source>Export the conversation</source>
        <translation>Exportar la conversación</translation>
    </message>
    <message>
        <source>Export the library</source>
        <translation>Exportar la biblioteca</translation>
    </message>
    <message>
        <source>Export “{name}” with its documents?</source>
        <translation>¿Exportar «{name}» con sus documentos?</translation>
    </message>
    <message>
        <source>Export the answer</source>
        <translation>Exportar la respuesta</translation>
    </message>
    <message>
        <source>Word document (*.docx)</source>
        <translation>Documento de Word (*.docx)</translation>
    </message>
    <message>
        <source>PDF document (*.pdf)</source>
        <translation>Documento PDF (*.pdf)</translation>
    </message>
    <message>
        <source>Markdown (*.md)</source>
        <translation>Markdown (*.md)</translation>
    </message>
    <message>
        <source>“{name}” is there already. Write over it?</source>
        <translation>«{name}» ya existe. ¿Quieres sobrescribirlo?</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportar</translation>
    </message>
    <message>
        <source>Write over it</source>
        <translation>Sobrescribir</translation>
    </message>
    <message>
        <source>Export the table</source>
        <translation>Exportar la tabla</translation>
    </message>
    <message>
        <source>Excel (*.xlsx)</source>
        <translation>Excel (*.xlsx)</translation>
    </message>
    <message>
        <source>Text with commas (*.csv)</source>
        <translation>Texto separado por comas (*.csv)</translation>
    </message>
    <message>
        <source>Export the study questions</source>
        <translation>Exportar las preguntas de estudio</translation>
    </message>
    <message>
        <source>Deck for Anki (*.apkg)</source>
        <translation>Mazo de Anki (*.apkg)</translation>
    </message>
    <message>
        <source>Table for spreadsheets (*.csv)</source>
        <translation>Tabla para hojas de cálculo (*.csv)</translation>
    </message>
    <message>
        <source>Export the list</source>
        <translation>Exportar la lista</translation>
    </message>
    <message>
        <source>With them</source>
        <translation>Con documentos</translation>
    </message>
    <message>
        <source>Without them</source>
        <translation>Sin documentos</translation>
    </message>
    <message>
        <source>Import a library</source>
        <translation>Importar una biblioteca</translation>
    </message>
    <message>
        <source>Exported libraries (*.ragx)</source>
        <translation>Bibliotecas exportadas (*.ragx)</translation>
    </message>
    <message>
        <source>Import references</source>
        <translation>Importar referencias</translation>
    </message>
    <message>
        <source>References (*.bib *.ris *.json);;All files (*)</source>
        <translation>Referencias (*.bib *.ris *.json);;Todos los archivos (*)</translation>
    </message>
    <message>
        <source>The folder with zotero.sqlite</source>
        <translation>La carpeta con zotero.sqlite</translation>
    </message>
    <message>
        <source>“{name}” follows Zotero in {folders}.</source>
        <translation>«{name}» sigue a Zotero en {folders}.</translation>
    </message>
    <message>
        <source>What comes and goes there does so here, with its references.</source>
        <translation>Lo que allí entra y sale, aquí también, con sus referencias.</translation>
    </message>
    <message>
        <source>Zotero</source>
        <translation>Zotero</translation>
    </message>
    <message>
        <source>Look now</source>
        <translation>Mirar ahora</translation>
    </message>
    <message>
        <source>Stop following</source>
        <translation>Dejar de seguir</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Where are its documents to be kept?</source>
        <translation>¿Dónde quieres guardar sus documentos?</translation>
    </message>
    <message>
        <source>Watch a folder</source>
        <translation>Vigilar una carpeta</translation>
    </message>
    <message>
        <source>Leave Desktop RAG</source>
        <translation>Salir de Desktop RAG</translation>
    </message>
    <message>
        <source>Documents are still being indexed</source>
        <translation>Todavía se están indexando documentos</translation>
    </message>
    <message>
        <source>Nothing is lost: it goes on when you open the program again.</source>
        <translation>No se pierde nada: continúa cuando vuelvas a abrir el programa.</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>Salir</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>Quedarme</translation>
    </message>
    <message>
        <source>Open an address</source>
        <translation>Abrir una dirección</translation>
    </message>
    <message>
        <source>Open this address in your browser?</source>
        <translation>¿Abrir esta dirección en tu navegador?</translation>
    </message>
    <message>
        <source>It leads to {host}</source>
        <translation>Lleva a {host}</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Abrir</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>With them, pages can be shown on another machine. Without them the file is smaller; searching and asking work all the same. Either way it carries their text, titles, authors and file names, and the conversations.</source>
        <translation>Con ellos se podrán ver las páginas en otro equipo. Sin ellos el archivo ocupa menos, y se puede buscar y preguntar igual. En ambos casos lleva su texto, sus títulos, autores y nombres de archivo, y las conversaciones.</translation>
    </message>
    <message>
        <source>Say also folders and times</source>
        <translation>Incluir también carpetas y fechas</translation>
    </message>
    <message>
        <source>Documents ({endings})</source>
        <translation>Documentos ({endings})</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Todos los archivos (*)</translation>
    </message>
</context>
<context>
    <name>QuestionsDialog</name>
    <message>
        <source>New table</source>
        <translation>Tabla nueva</translation>
    </message>
    <message numerus="yes">
        <source>Ask %n document(s) the same</source>
        <translation>
            <numerusform>Preguntar lo mismo a %n documento</numerusform>
            <numerusform>Preguntar lo mismo a %n documentos</numerusform>
        </translation>
    </message>
    <message>
        <source>Questions, one in a line</source>
        <translation>Preguntas, una por línea</translation>
    </message>
    <message>
        <source>One question in a line:
How much is the rent?
When was it signed?</source>
        <translation>Una pregunta por línea:
¿Cuánto es la renta?
¿Cuándo se firmó?</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Make the table</source>
        <translation>Hacer la tabla</translation>
    </message>
    <message>
        <source>Answers are quoted from each document.</source>
        <translation>Las respuestas se citan de cada documento.</translation>
    </message>
    <message>
        <source>{model} answers from each document, which may take a while.</source>
        <translation>{model} responde a partir de cada documento, lo que puede tardar.</translation>
    </message>
</context>
<context>
    <name>QueueBar</name>
    <message>
        <source>Progress of the queue</source>
        <translation>Progreso de la cola</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pausar</translation>
    </message>
    <message>
        <source>Cancel what is left</source>
        <translation>Cancelar lo que queda</translation>
    </message>
    <message>
        <source>Show the queue</source>
        <translation>Mostrar la cola</translation>
    </message>
    <message>
        <source>Waits for mains power</source>
        <translation>Espera a la corriente</translation>
    </message>
    <message>
        <source>Go on all the same</source>
        <translation>Seguir de todos modos</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n archivo</numerusform>
            <numerusform>%n archivos</numerusform>
        </translation>
    </message>
    <message>
        <source>paused</source>
        <translation>en pausa</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Reanudar</translation>
    </message>
    <message>
        <source>{rate} pages/s</source>
        <translation>{rate} págs./s</translation>
    </message>
</context>
<context>
    <name>QueuePresenter</name>
    <message numerus="yes">
        <source>And %n more.</source>
        <translation>
            <numerusform>Y %n más.</numerusform>
            <numerusform>Y %n más.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) need a look: see Documents</source>
        <translation>
            <numerusform>%n archivo necesita tu atención: mira en Documentos</numerusform>
            <numerusform>%n archivos necesitan tu atención: mira en Documentos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n document(s) ready</source>
        <translation>
            <numerusform>%n documento listo</numerusform>
            <numerusform>%n documentos listos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n document(s) were there already</source>
        <translation>
            <numerusform>%n documento ya estaba</numerusform>
            <numerusform>%n documentos ya estaban</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QuoteBlock</name>
    <message>
        <source>Copy</source>
        <translation>Copiar</translation>
    </message>
    <message>
        <source>p. {label}, comment</source>
        <translation>pág. {label}, comentario</translation>
    </message>
    <message>
        <source>p. {label}</source>
        <translation>pág. {label}</translation>
    </message>
    <message>
        <source>Quotation {number}: “{words}” {title}, {page}</source>
        <translation>Cita {number}: «{words}» {title}, {page}</translation>
    </message>
    <message>
        <source>Opens the page with these words lit.</source>
        <translation>Abre la página con estas palabras resaltadas.</translation>
    </message>
    <message>
        <source>Read off a picture of the page: some letters may be wrong.</source>
        <translation>Leído de una imagen de la página: puede haber letras equivocadas.</translation>
    </message>
    <message>
        <source>T translates this quotation.</source>
        <translation>T traduce esta cita.</translation>
    </message>
</context>
<context>
    <name>QuoteBlocks</name>
    <message>
        <source>Hide the quotations</source>
        <translation>Ocultar las citas</translation>
    </message>
    <message>
        <source>Show the quotations</source>
        <translation>Ver las citas</translation>
    </message>
</context>
<context>
    <name>QuoteText</name>
    <message>
        <source>Quotation</source>
        <translation>Cita</translation>
    </message>
</context>
<context>
    <name>ReaderPane</name>
    <message>
        <source>This is the passage as it was when the document was read.</source>
        <translation>Este es el pasaje tal como estaba cuando se leyó el documento.</translation>
    </message>
    <message>
        <source>If you know where the file is now, its pages can be shown again.</source>
        <translation>Si sabes dónde está ahora el archivo, puedes volver a ver sus páginas.</translation>
    </message>
    <message>
        <source>The document is no longer in the library</source>
        <translation>El documento ya no está en la biblioteca</translation>
    </message>
    <message>
        <source>If you have its file, it can be added again.</source>
        <translation>Si tienes el archivo, puedes volver a añadirlo.</translation>
    </message>
    <message>
        <source>The file is not where it was</source>
        <translation>El archivo ya no está donde estaba</translation>
    </message>
    <message>
        <source>Locate file…</source>
        <translation>Buscar el archivo…</translation>
    </message>
    <message>
        <source>The document is protected by a password</source>
        <translation>El documento está protegido con contraseña</translation>
    </message>
    <message>
        <source>With its password the pages can be shown.</source>
        <translation>Con su contraseña se pueden mostrar las páginas.</translation>
    </message>
    <message>
        <source>Password…</source>
        <translation>Contraseña…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Reintentar</translation>
    </message>
    <message>
        <source>The document cannot be shown</source>
        <translation>No se puede mostrar el documento</translation>
    </message>
    <message>
        <source>No document open</source>
        <translation>Ningún documento abierto</translation>
    </message>
    <message>
        <source>Choose a document, or a citation in an answer, to read its page here.</source>
        <translation>Elige un documento, o una cita de una respuesta, para leer aquí su página.</translation>
    </message>
</context>
<context>
    <name>ReasoningView</name>
    <message>
        <source>Thoughts</source>
        <translation>Pensamientos</translation>
    </message>
    <message>
        <source>Thinking</source>
        <translation>Pensando</translation>
    </message>
    <message>
        <source>Thinking…</source>
        <translation>Pensando…</translation>
    </message>
    <message>
        <source>Thought for {seconds} s</source>
        <translation>Pensó durante {seconds} s</translation>
    </message>
    <message>
        <source>Hide what the model thought</source>
        <translation>Ocultar lo que pensó el modelo</translation>
    </message>
    <message>
        <source>Show what the model thought</source>
        <translation>Mostrar lo que pensó el modelo</translation>
    </message>
</context>
<context>
    <name>ReferenceEntry</name>
    <message>
        <source>Take back</source>
        <translation>Deshacer</translation>
    </message>
    <message>
        <source>Take back: {field}</source>
        <translation>Deshacer: {field}</translation>
    </message>
</context>
<context>
    <name>ReferenceWords</name>
    <message>
        <source>Title</source>
        <translation>Título</translation>
    </message>
    <message>
        <source>Authors</source>
        <translation>Autores</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Fecha</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Tipo</translation>
    </message>
    <message>
        <source>Publisher</source>
        <translation>Editorial</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Lugar</translation>
    </message>
    <message>
        <source>Published in</source>
        <translation>Publicado en</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>Volumen</translation>
    </message>
    <message>
        <source>Issue</source>
        <translation>Número</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Páginas</translation>
    </message>
    <message>
        <source>Edition</source>
        <translation>Edición</translation>
    </message>
    <message>
        <source>DOI</source>
        <translation>DOI</translation>
    </message>
    <message>
        <source>ISBN</source>
        <translation>ISBN</translation>
    </message>
    <message>
        <source>ISSN</source>
        <translation>ISSN</translation>
    </message>
    <message>
        <source>Address on the web</source>
        <translation>Dirección web</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Idioma</translation>
    </message>
    <message>
        <source>Divided by semicolons: Pérez, Ana; World Bank</source>
        <translation>Separados por punto y coma: Pérez, Ana; Banco Mundial</translation>
    </message>
    <message>
        <source>2021, 2021-03 or 2021-03-05</source>
        <translation>2021, 2021-03 o 2021-03-05</translation>
    </message>
    <message>
        <source>A journal, a newspaper, a book</source>
        <translation>Una revista, un periódico, un libro</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>Documento</translation>
    </message>
    <message>
        <source>Preprint</source>
        <translation>Prepublicación</translation>
    </message>
    <message>
        <source>Article in a journal</source>
        <translation>Artículo de revista científica</translation>
    </message>
    <message>
        <source>Article in a magazine</source>
        <translation>Artículo de revista</translation>
    </message>
    <message>
        <source>Article in a newspaper</source>
        <translation>Artículo de periódico</translation>
    </message>
    <message>
        <source>Book</source>
        <translation>Libro</translation>
    </message>
    <message>
        <source>Chapter of a book</source>
        <translation>Capítulo de un libro</translation>
    </message>
    <message>
        <source>Conference paper</source>
        <translation>Ponencia</translation>
    </message>
    <message>
        <source>Entry of an encyclopedia</source>
        <translation>Entrada de enciclopedia</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Informe</translation>
    </message>
    <message>
        <source>Thesis</source>
        <translation>Tesis</translation>
    </message>
    <message>
        <source>Web page</source>
        <translation>Página web</translation>
    </message>
    <message>
        <source>Law or decree</source>
        <translation>Ley o decreto</translation>
    </message>
    <message>
        <source>Court decision</source>
        <translation>Sentencia</translation>
    </message>
    <message>
        <source>Patent</source>
        <translation>Patente</translation>
    </message>
    <message>
        <source>Standard</source>
        <translation>Norma</translation>
    </message>
    <message>
        <source>Talk or slides</source>
        <translation>Charla o diapositivas</translation>
    </message>
    <message>
        <source>Letter or e-mail</source>
        <translation>Carta o correo</translation>
    </message>
    <message>
        <source>Manuscript</source>
        <translation>Manuscrito</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Datos</translation>
    </message>
    <message>
        <source>Software</source>
        <translation>Software</translation>
    </message>
    <message>
        <source>From the file&apos;s properties</source>
        <translation>De las propiedades del archivo</translation>
    </message>
    <message>
        <source>From the first pages</source>
        <translation>De las primeras páginas</translation>
    </message>
    <message>
        <source>From the file&apos;s name</source>
        <translation>Del nombre del archivo</translation>
    </message>
    <message>
        <source>From the text</source>
        <translation>Del texto</translation>
    </message>
    <message>
        <source>From an imported file</source>
        <translation>De un archivo importado</translation>
    </message>
    <message>
        <source>From Zotero</source>
        <translation>De Zotero</translation>
    </message>
    <message>
        <source>Typed by you</source>
        <translation>Escrito por ti</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>No se sabe</translation>
    </message>
    <message>
        <source>Write the date as 2021, 2021-03 or 2021-03-05.</source>
        <translation>Escribe la fecha como 2021, 2021-03 o 2021-03-05.</translation>
    </message>
    <message>
        <source>This cannot be kept here.</source>
        <translation>Esto no se puede guardar aquí.</translation>
    </message>
</context>
<context>
    <name>ReferencesPresenter</name>
    <message numerus="yes">
        <source>%n citation(s) copied</source>
        <translation>
            <numerusform>%n cita copiada</numerusform>
            <numerusform>%n citas copiadas</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RemovalPresenter</name>
    <message>
        <source>Library deleted</source>
        <translation>Biblioteca eliminada</translation>
    </message>
    <message numerus="yes">
        <source>Removed %n document(s) from the library</source>
        <translation>
            <numerusform>Se quitó %n documento de la biblioteca</numerusform>
            <numerusform>Se quitaron %n documentos de la biblioteca</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Cancelled %n document(s)</source>
        <translation>
            <numerusform>Se canceló %n documento</numerusform>
            <numerusform>Se cancelaron %n documentos</numerusform>
        </translation>
    </message>
    <message>
        <source>Queue cancelled</source>
        <translation>Cola cancelada</translation>
    </message>
</context>
<context>
    <name>ResultDelegate</name>
    <message>
        <source>p. {label}</source>
        <translation>pág. {label}</translation>
    </message>
</context>
<context>
    <name>ResultsModel</name>
    <message>
        <source>page {label}</source>
        <translation>página {label}</translation>
    </message>
    <message>
        <source>{page}, recognized text</source>
        <translation>{page}, texto reconocido</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>Comentario</translation>
    </message>
    <message>
        <source>Running head</source>
        <translation>Encabezado o pie</translation>
    </message>
    <message>
        <source>Hidden text</source>
        <translation>Texto oculto</translation>
    </message>
    <message>
        <source>Somebody wrote this on the page.</source>
        <translation>Alguien escribió esto en la página.</translation>
    </message>
    <message>
        <source>This runs along the pages, and is listed once.</source>
        <translation>Se repite a lo largo de las páginas; aparece aquí una vez.</translation>
    </message>
    <message>
        <source>This is in the file, but nobody sees it on the page.</source>
        <translation>Está en el archivo, pero nadie lo ve en la página.</translation>
    </message>
    <message>
        <source>Read off a picture of the page: some letters may be wrong.</source>
        <translation>Leído de una imagen de la página: puede haber letras equivocadas.</translation>
    </message>
</context>
<context>
    <name>RouteLine</name>
    <message>
        <source>Have this answered in another way</source>
        <translation>Responder a esto de otra manera</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Respuesta</translation>
    </message>
    <message>
        <source>Short summary</source>
        <translation>Resumen breve</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>Resumen</translation>
    </message>
    <message>
        <source>Long summary</source>
        <translation>Resumen largo</translation>
    </message>
    <message>
        <source>List of every mention</source>
        <translation>Lista de todas las menciones</translation>
    </message>
    <message>
        <source>Written freely</source>
        <translation>Escrito libremente</translation>
    </message>
    <message numerus="yes">
        <source>Comparison of %n document(s), {pages}</source>
        <translation>
            <numerusform>Comparación de %n documento, {pages}</numerusform>
            <numerusform>Comparación de %n documentos, {pages}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n page(s)</source>
        <translation>
            <numerusform>%n página</numerusform>
            <numerusform>%n páginas</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Key points of the beginnings of {count} of %n document(s)</source>
        <translation>
            <numerusform>Puntos clave del comienzo de {count} de %n documento</numerusform>
            <numerusform>Puntos clave del comienzo de {count} de %n documentos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Study questions on the beginnings of {count} of %n document(s)</source>
        <translation>
            <numerusform>Preguntas de estudio sobre el comienzo de {count} de %n documento</numerusform>
            <numerusform>Preguntas de estudio sobre el comienzo de {count} de %n documentos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Summary of the beginnings of {count} of %n document(s)</source>
        <translation>
            <numerusform>Resumen de los comienzos de {count} de %n documento</numerusform>
            <numerusform>Resumen de los comienzos de {count} de %n documentos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Key points of %n document(s), {pages}</source>
        <translation>
            <numerusform>Puntos clave de %n documento, {pages}</numerusform>
            <numerusform>Puntos clave de %n documentos, {pages}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Study questions on %n document(s), {pages}</source>
        <translation>
            <numerusform>Preguntas de estudio sobre %n documento, {pages}</numerusform>
            <numerusform>Preguntas de estudio sobre %n documentos, {pages}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Summary of %n document(s), {pages}</source>
        <translation>
            <numerusform>Resumen de %n documento, {pages}</numerusform>
            <numerusform>Resumen de %n documentos, {pages}</numerusform>
        </translation>
    </message>
    <message>
        <source>Key points of “{part}” in {title}, {pages}</source>
        <translation>Puntos clave de «{part}» en {title}, {pages}</translation>
    </message>
    <message>
        <source>Key points of {title}, {pages}</source>
        <translation>Puntos clave de {title}, {pages}</translation>
    </message>
    <message>
        <source>Study questions on “{part}” in {title}, {pages}</source>
        <translation>Preguntas de estudio sobre «{part}» en {title}, {pages}</translation>
    </message>
    <message>
        <source>Study questions on {title}, {pages}</source>
        <translation>Preguntas de estudio sobre {title}, {pages}</translation>
    </message>
    <message>
        <source>Summary of “{part}” in {title}, {pages}</source>
        <translation>Resumen de «{part}» en {title}, {pages}</translation>
    </message>
    <message>
        <source>Summary of {title}, {pages}</source>
        <translation>Resumen de {title}, {pages}</translation>
    </message>
    <message>
        <source>Key points</source>
        <translation>Puntos clave</translation>
    </message>
    <message>
        <source>Word for word</source>
        <translation>Palabra por palabra</translation>
    </message>
    <message>
        <source>Comparison</source>
        <translation>Comparación</translation>
    </message>
    <message>
        <source>Study questions</source>
        <translation>Preguntas de estudio</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Tabla</translation>
    </message>
</context>
<context>
    <name>RowDelegate</name>
    <message>
        <source>Name</source>
        <translation>Nombre</translation>
    </message>
</context>
<context>
    <name>SamplingChart</name>
    <message>
        <source>What the settings leave of the next word</source>
        <translation>Lo que los valores dejan de la palabra siguiente</translation>
    </message>
    <message>
        <source>There are no words to show.</source>
        <translation>No hay palabras que mostrar.</translation>
    </message>
    <message>
        <source>Always the likeliest word: “{word}”.</source>
        <translation>Siempre la palabra más probable: «{word}».</translation>
    </message>
    <message numerus="yes">
        <source>%n of {all} words remain.</source>
        <translation>
            <numerusform>Queda %n de {all} palabras.</numerusform>
            <numerusform>Quedan %n de {all} palabras.</numerusform>
        </translation>
    </message>
    <message>
        <source>“{word}” {share}</source>
        <translation>«{word}» {share}</translation>
    </message>
    <message>
        <source>Likeliest: {words}.</source>
        <translation>Más probables: {words}.</translation>
    </message>
    <message>
        <source>Removed: {cuts}.</source>
        <translation>Descartadas: {cuts}.</translation>
    </message>
    <message>
        <source>top-k</source>
        <translation>top-k</translation>
    </message>
    <message>
        <source>top-p</source>
        <translation>top-p</translation>
    </message>
    <message>
        <source>min-p</source>
        <translation>min-p</translation>
    </message>
    <message>
        <source>not first</source>
        <translation>no primera</translation>
    </message>
    <message>
        <source>&lt; 1 %</source>
        <translation>&lt; 1 %</translation>
    </message>
    <message>
        <source>{number} %</source>
        <translation>{number} %</translation>
    </message>
</context>
<context>
    <name>SamplingPanel</name>
    <message>
        <source>In the last answer, which took “{word}”</source>
        <translation>En la última respuesta, que tomó «{word}»</translation>
    </message>
    <message>
        <source>In the last answer</source>
        <translation>En la última respuesta</translation>
    </message>
    <message>
        <source>An example: “The debt was …”</source>
        <translation>Un ejemplo: «La deuda fue…»</translation>
    </message>
    <message>
        <source>reduced</source>
        <translation>reducida</translation>
    </message>
    <message>
        <source>paid</source>
        <translation>pagada</translation>
    </message>
    <message>
        <source>high</source>
        <translation>alta</translation>
    </message>
    <message>
        <source>forgiven</source>
        <translation>perdonada</translation>
    </message>
    <message>
        <source>growing</source>
        <translation>creciente</translation>
    </message>
    <message>
        <source>public</source>
        <translation>pública</translation>
    </message>
    <message>
        <source>old</source>
        <translation>antigua</translation>
    </message>
    <message>
        <source>never</source>
        <translation>nunca</translation>
    </message>
    <message>
        <source>small</source>
        <translation>pequeña</translation>
    </message>
    <message>
        <source>hidden</source>
        <translation>oculta</translation>
    </message>
    <message>
        <source>blue</source>
        <translation>azul</translation>
    </message>
    <message>
        <source>singing</source>
        <translation>cantora</translation>
    </message>
    <message>
        <source>Precise</source>
        <translation>Preciso</translation>
    </message>
    <message>
        <source>Balanced</source>
        <translation>Equilibrado</translation>
    </message>
    <message>
        <source>Creative</source>
        <translation>Creativo</translation>
    </message>
    <message>
        <source>Stays close to the sources; best for facts.</source>
        <translation>Se ciñe a las fuentes; lo mejor para datos.</translation>
    </message>
    <message>
        <source>Reads more naturally and varies a little.</source>
        <translation>Suena más natural y varía un poco.</translation>
    </message>
    <message>
        <source>Varied and surprising; check what it says.</source>
        <translation>Variado y sorprendente; comprueba lo que dice.</translation>
    </message>
    <message>
        <source>Values of your own.</source>
        <translation>Valores tuyos.</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Restablecer</translation>
    </message>
    <message>
        <source>Back to the values of the settings</source>
        <translation>Volver a los valores de la configuración</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Más</translation>
    </message>
    <message>
        <source>Pale: the model’s own likelihood. Strong: with these values. Hatched: cut.</source>
        <translation>Pálido: la probabilidad del modelo. Intenso: con estos valores. Rayado: descartado.</translation>
    </message>
    <message>
        <source>Choice of words</source>
        <translation>Elección de palabras</translation>
    </message>
    <message>
        <source>Allow chance</source>
        <translation>Permitir el azar</translation>
    </message>
    <message>
        <source>The likeliest word is always taken.</source>
        <translation>Se toma siempre la palabra más probable.</translation>
    </message>
    <message>
        <source>Less</source>
        <translation>Menos</translation>
    </message>
</context>
<context>
    <name>SearchBox</name>
    <message>
        <source>Search without asking</source>
        <translation>Buscar sin preguntar</translation>
    </message>
    <message>
        <source>Search your documents</source>
        <translation>Busca en tus documentos</translation>
    </message>
    <message>
        <source>Passages found</source>
        <translation>Pasajes encontrados</translation>
    </message>
    <message>
        <source>Nothing found. Try fewer words.</source>
        <translation>No hay resultados. Prueba con menos palabras.</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>Buscando…</translation>
    </message>
    <message>
        <source>Type a few words. The passages that have them appear here.</source>
        <translation>Escribe unas palabras. Aquí aparecen los pasajes que las contienen.</translation>
    </message>
    <message>
        <source>Esc closes</source>
        <translation>Esc cierra</translation>
    </message>
    <message numerus="yes">
        <source>%n passage(s)</source>
        <translation>
            <numerusform>%n pasaje</numerusform>
            <numerusform>%n pasajes</numerusform>
        </translation>
    </message>
    <message>
        <source>{count}, still searching…</source>
        <translation>{count}, sigue la búsqueda…</translation>
    </message>
    <message>
        <source>↑ ↓ choose · Enter opens · Esc closes</source>
        <translation>↑ ↓ elige · Intro abre · Esc cierra</translation>
    </message>
</context>
<context>
    <name>SearchPresenter</name>
    <message>
        <source>Add a document first: drop it anywhere in this window.</source>
        <translation>Primero añade un documento: suéltalo en cualquier lugar de esta ventana.</translation>
    </message>
</context>
<context>
    <name>SearchedLine</name>
    <message>
        <source>Change what is searched and ask again</source>
        <translation>Cambiar lo que se busca y preguntar otra vez</translation>
    </message>
    <message>
        <source>Searched: {words}</source>
        <translation>Se buscó: {words}</translation>
    </message>
</context>
<context>
    <name>SearchingPage</name>
    <message>
        <source>Get another one…</source>
        <translation>Conseguir otro…</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Ninguno</translation>
    </message>
    <message numerus="yes">
        <source>Changing it indexes %n page(s) anew.</source>
        <translation>
            <numerusform>Cambiarlo vuelve a indexar %n página.</numerusform>
            <numerusform>Cambiarlo vuelve a indexar %n páginas.</numerusform>
        </translation>
    </message>
    <message>
        <source>Download and use the one for many languages ({size})</source>
        <translation>Descargar y usar el de muchos idiomas ({size})</translation>
    </message>
    <message>
        <source>Use the faster one, English only</source>
        <translation>Usar el más rápido, solo para inglés</translation>
    </message>
    <message>
        <source>Use the one for many languages</source>
        <translation>Usar el de muchos idiomas</translation>
    </message>
    <message numerus="yes">
        <source>(about %n minute(s))</source>
        <translation>
            <numerusform>(%n minuto, más o menos)</numerusform>
            <numerusform>(unos %n minutos)</numerusform>
        </translation>
    </message>
    <message>
        <source>The index of “{embedder}” is being built: {done} of {documents} documents. Until it is ready, “{before}” finds them.</source>
        <translation>Se está construyendo el índice de «{embedder}»: {done} de {documents} documentos. Hasta que esté listo, se busca con «{before}».</translation>
    </message>
    <message>
        <source>Index being built</source>
        <translation>Índice en construcción</translation>
    </message>
    <message>
        <source>Stop and keep “{name}”</source>
        <translation>Parar y conservar «{name}»</translation>
    </message>
    <message>
        <source>faster, English only</source>
        <translation>más rápido, solo inglés</translation>
    </message>
    <message>
        <source>English only</source>
        <translation>solo inglés</translation>
    </message>
    <message numerus="yes">
        <source>%n language(s)</source>
        <translation>
            <numerusform>%n idioma</numerusform>
            <numerusform>%n idiomas</numerusform>
        </translation>
    </message>
    <message>
        <source>Finds by meaning in English; other languages are found by their words alone.</source>
        <translation>Busca por significado en inglés; en otros idiomas, solo por las palabras.</translation>
    </message>
    <message numerus="yes">
        <source>Finds by meaning in %n language(s): a question in Spanish finds English pages, and the other way around.</source>
        <translation>
            <numerusform>Busca por significado en %n idioma: una pregunta en español encuentra páginas en inglés, y al revés.</numerusform>
            <numerusform>Busca por significado en %n idiomas: una pregunta en español encuentra páginas en inglés, y al revés.</numerusform>
        </translation>
    </message>
    <message>
        <source>Turns each passage into numbers that stand for what it means.</source>
        <translation>Convierte cada pasaje en números que representan lo que significa.</translation>
    </message>
    <message>
        <source>Embedder</source>
        <translation>Modelo de embeddings</translation>
    </message>
    <message>
        <source>Reads the question with each passage found: better answers, more waiting.</source>
        <translation>Lee la pregunta junto a cada pasaje encontrado: mejores respuestas, más espera.</translation>
    </message>
    <message>
        <source>Reranker</source>
        <translation>Reordenador</translation>
    </message>
    <message>
        <source>Reads each sentence of an answer with the passages: fewer errors unseen, more waiting.</source>
        <translation>Lee cada frase de una respuesta junto con los pasajes: se escapan menos errores, más espera.</translation>
    </message>
    <message>
        <source>Checking answers</source>
        <translation>Comprobar las respuestas</translation>
    </message>
    <message numerus="yes">
        <source>Index %n page(s) anew?</source>
        <translation>
            <numerusform>¿Indexar de nuevo %n página?</numerusform>
            <numerusform>¿Indexar de nuevo %n páginas?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>That takes about %n minute(s); meanwhile you can search as before.</source>
        <translation>
            <numerusform>Tardará alrededor de %n minuto; mientras tanto puedes buscar como siempre.</numerusform>
            <numerusform>Tardará alrededor de %n minutos; mientras tanto puedes buscar como siempre.</numerusform>
        </translation>
    </message>
    <message>
        <source>Change the embedder</source>
        <translation>Cambiar el modelo</translation>
    </message>
    <message>
        <source>Keep the present one</source>
        <translation>Conservar el actual</translation>
    </message>
</context>
<context>
    <name>SectionPace</name>
    <message>
        <source>Writing the summary…</source>
        <translation>Escribiendo el resumen…</translation>
    </message>
    <message>
        <source>Part {number} of {total}: {title}</source>
        <translation>Parte {number} de {total}: {title}</translation>
    </message>
    <message>
        <source>{part} · {time} left</source>
        <translation>{part} · quedan {time}</translation>
    </message>
</context>
<context>
    <name>SeedField</name>
    <message>
        <source>random</source>
        <translation>al azar</translation>
    </message>
</context>
<context>
    <name>SettingWords</name>
    <message>
        <source>Window</source>
        <translation>Ventana</translation>
    </message>
    <message>
        <source>How the program looks and which language it speaks.</source>
        <translation>Cómo se ve el programa y en qué idioma te habla.</translation>
    </message>
    <message>
        <source>Searching</source>
        <translation>Búsqueda</translation>
    </message>
    <message>
        <source>Which passages of your documents an answer is based on.</source>
        <translation>En qué pasajes de tus documentos se basa una respuesta.</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>Respuestas</translation>
    </message>
    <message>
        <source>What an answer may rest on.</source>
        <translation>En qué puede basarse una respuesta.</translation>
    </message>
    <message>
        <source>Choice of words</source>
        <translation>Elección de palabras</translation>
    </message>
    <message>
        <source>How the language model picks its words in new conversations.</source>
        <translation>Cómo elige sus palabras el modelo de lenguaje en las conversaciones nuevas.</translation>
    </message>
    <message>
        <source>Reading documents</source>
        <translation>Lectura</translation>
    </message>
    <message>
        <source>Language model</source>
        <translation>Modelo de lenguaje</translation>
    </message>
    <message>
        <source>How the language model is loaded.</source>
        <translation>Cómo se carga el modelo de lenguaje.</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Red</translation>
    </message>
    <message>
        <source>Takes effect when the program is started again.</source>
        <translation>Se aplica cuando vuelvas a abrir el programa.</translation>
    </message>
    <message>
        <source>Like the system</source>
        <translation>Como el sistema</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Claro</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Oscuro</translation>
    </message>
    <message>
        <source>Go on as always</source>
        <translation>Seguir como siempre</translation>
    </message>
    <message>
        <source>Go slowly</source>
        <translation>Ir despacio</translation>
    </message>
    <message>
        <source>Wait for mains power</source>
        <translation>Esperar a la corriente</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Ninguno</translation>
    </message>
    <message>
        <source>One</source>
        <translation>Uno</translation>
    </message>
    <message>
        <source>Some</source>
        <translation>Varios</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Colores</translation>
    </message>
    <message>
        <source>Light, dark, or whatever the system is set to.</source>
        <translation>Claros, oscuros o los que use el sistema.</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Idioma</translation>
    </message>
    <message>
        <source>Of the menus and messages. Answers follow the language of the question.</source>
        <translation>El de los menús y mensajes. Las respuestas siguen el idioma de la pregunta.</translation>
    </message>
    <message>
        <source>Passages per answer</source>
        <translation>Pasajes por respuesta</translation>
    </message>
    <message>
        <source>More passages say more about the question, but take longer to read.</source>
        <translation>Más pasajes dicen más sobre la pregunta, pero tardan más en leerse.</translation>
    </message>
    <message>
        <source>Passages to choose from</source>
        <translation>Pasajes entre los que elegir</translation>
    </message>
    <message>
        <source>How many passages are compared before the best ones are kept.</source>
        <translation>Cuántos pasajes se comparan antes de quedarse con los mejores.</translation>
    </message>
    <message>
        <source>Read what stands around a passage</source>
        <translation>Leer lo que rodea a un pasaje</translation>
    </message>
    <message>
        <source>Adds the lines just before and after each passage.</source>
        <translation>Añade las líneas justo antes y después de cada pasaje.</translation>
    </message>
    <message>
        <source>Answer from the documents alone</source>
        <translation>Responder solo con los documentos</translation>
    </message>
    <message>
        <source>Otherwise a language model may add what it knows, marked as such.</source>
        <translation>Si no, un modelo de lenguaje puede añadir lo que sabe, señalado como tal.</translation>
    </message>
    <message>
        <source>Examples of letters and the like</source>
        <translation>Ejemplos de cartas y similares</translation>
    </message>
    <message>
        <source>Shown to a language model before it writes one freely.</source>
        <translation>Se muestran a un modelo de lenguaje antes de que escriba libremente.</translation>
    </message>
    <message>
        <source>Examples of your own</source>
        <translation>Ejemplos propios</translation>
    </message>
    <message>
        <source>A file with a line {sample} for each. Empty means those of the program.</source>
        <translation>Un archivo con una línea {sample} por ejemplo. Vacío son los del programa.</translation>
    </message>
    <message>
        <source>Write the path of a file that ends in .jsonl or leave this empty.</source>
        <translation>Escribe la ruta de un archivo que termine en .jsonl o déjalo vacío.</translation>
    </message>
    <message>
        <source>Repeat penalty</source>
        <translation>Freno a la repetición</translation>
    </message>
    <message>
        <source>Above 1, words that were just used become less likely; 1 is off.</source>
        <translation>Por encima de 1, las palabras recién usadas son menos probables; 1 lo desactiva.</translation>
    </message>
    <message>
        <source>Longest answer</source>
        <translation>Respuesta más larga</translation>
    </message>
    <message>
        <source>Where an answer ends at the latest, in tokens: pieces of words.</source>
        <translation>Dónde termina una respuesta a más tardar, en tokens: trozos de palabras.</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Semilla</translation>
    </message>
    <message>
        <source>With the same number chance repeats itself; empty, it never does.</source>
        <translation>Con el mismo número el azar se repite; vacía, nunca.</translation>
    </message>
    <message>
        <source>Always the likeliest word</source>
        <translation>Siempre la palabra más probable</translation>
    </message>
    <message>
        <source>Nothing is left to chance: the cuts and the temperature do not matter.</source>
        <translation>Nada queda al azar: los recortes y la temperatura no cuentan.</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Temperatura</translation>
    </message>
    <message>
        <source>Low stays sober, high surprises; 0 always takes the likeliest word.</source>
        <translation>Baja, es sobria; alta, sorprende; con 0 toma siempre la palabra más probable.</translation>
    </message>
    <message>
        <source>Likeliest words (top-k)</source>
        <translation>Más probables (top-k)</translation>
    </message>
    <message>
        <source>Only this many of the likeliest words may be chosen.</source>
        <translation>Solo puede elegir entre este número de palabras, las más probables.</translation>
    </message>
    <message>
        <source>all</source>
        <translation>todas</translation>
    </message>
    <message>
        <source>Likely share (top-p)</source>
        <translation>Parte probable (top-p)</translation>
    </message>
    <message>
        <source>Keeps the likeliest words that together reach this share; 1 keeps all.</source>
        <translation>Conserva las palabras más probables que juntas alcanzan esta parte; con 1, todas.</translation>
    </message>
    <message>
        <source>Least likelihood (min-p)</source>
        <translation>Mínimo (min-p)</translation>
    </message>
    <message>
        <source>Leaves out words less likely than this part of the likeliest one.</source>
        <translation>Descarta las palabras menos probables que esta fracción de la más probable.</translation>
    </message>
    <message>
        <source>Length of a passage</source>
        <translation>Longitud de un pasaje</translation>
    </message>
    <message>
        <source>Patience per page</source>
        <translation>Paciencia por página</translation>
    </message>
    <message>
        <source>A page that takes longer to read is given up.</source>
        <translation>Una página que tarde más en leerse se abandona.</translation>
    </message>
    <message>
        <source> s</source>
        <translation> s</translation>
    </message>
    <message>
        <source>Memory for reading</source>
        <translation>Memoria para leer</translation>
    </message>
    <message>
        <source>A document that needs more than this is given up.</source>
        <translation>Un documento que necesite más se abandona.</translation>
    </message>
    <message>
        <source> GiB</source>
        <translation> GiB</translation>
    </message>
    <message>
        <source>Recognize scanned text</source>
        <translation>Reconocer texto escaneado</translation>
    </message>
    <message>
        <source>Pages that are only pictures can then be searched; it takes a while.</source>
        <translation>Así se puede buscar también en páginas que son solo imágenes; lleva un rato.</translation>
    </message>
    <message>
        <source>Languages of scanned pages</source>
        <translation>Idiomas de las páginas escaneadas</translation>
    </message>
    <message>
        <source>The fewer, the faster and the better; the commonest first.</source>
        <translation>Cuantos menos, más rápido y mejor; el más frecuente, primero.</translation>
    </message>
    <message>
        <source>Recognize pictures on pages of text</source>
        <translation>Reconocer imágenes en páginas con texto</translation>
    </message>
    <message>
        <source>Tables and charts that are pictures; it takes seconds for each page.</source>
        <translation>Tablas y gráficos que son imágenes; tarda segundos por página.</translation>
    </message>
    <message>
        <source>Look closely at tables and columns</source>
        <translation>Mirar con detalle tablas y columnas</translation>
    </message>
    <message>
        <source>Reads difficult pages better, and several times slower.</source>
        <translation>Lee mejor las páginas difíciles, y varias veces más despacio.</translation>
    </message>
    <message>
        <source>How many cores reading and indexing may use.</source>
        <translation>Cuántos núcleos pueden usar la lectura y la indexación.</translation>
    </message>
    <message>
        <source>Let other programs go first</source>
        <translation>Ceder el paso a otros programas</translation>
    </message>
    <message>
        <source>Documents take longer while the machine is busy with something else.</source>
        <translation>Los documentos tardan más mientras el equipo está ocupado con otra cosa.</translation>
    </message>
    <message>
        <source>On battery</source>
        <translation>Con batería</translation>
    </message>
    <message>
        <source>What becomes of the queue while the machine is not plugged in.</source>
        <translation>Qué pasa con la cola mientras el equipo no está enchufado.</translation>
    </message>
    <message>
        <source>Room for question and answer</source>
        <translation>Espacio para pregunta y respuesta</translation>
    </message>
    <message>
        <source>In tokens, pieces of words; more room takes more memory.</source>
        <translation>En tokens, trozos de palabras; más espacio ocupa más memoria.</translation>
    </message>
    <message>
        <source>Models and language data cannot be downloaded then; all else works.</source>
        <translation>Entonces no se pueden descargar modelos ni datos de idiomas; todo lo demás funciona.</translation>
    </message>
    <message>
        <source>Processor cores</source>
        <translation>Núcleos del procesador</translation>
    </message>
    <message>
        <source>How many cores write an answer.</source>
        <translation>Cuántos núcleos escriben una respuesta.</translation>
    </message>
    <message>
        <source>every one</source>
        <translation>todos</translation>
    </message>
    <message>
        <source>How documents are read, and how much of the machine that may take.</source>
        <translation>Cómo se leen los documentos y cuánto del equipo puede ocupar eso.</translation>
    </message>
    <message>
        <source>Only getting models and language data connects to anything, and only when you ask for it.</source>
        <translation>Solo se conecta para conseguir modelos y datos de idiomas, y solo cuando lo pides.</translation>
    </message>
    <message>
        <source>In tokens, pieces of words. A new length indexes everything anew, beside what is searched until then.</source>
        <translation>En tokens, trozos de palabras. Con otra longitud se indexa todo de nuevo, junto a lo que se busca hasta entonces.</translation>
    </message>
    <message>
        <source>Layers on the graphics card</source>
        <translation>Capas en la tarjeta gráfica</translation>
    </message>
    <message>
        <source>The more of the model is there, the faster it writes.</source>
        <translation>Cuanto más del modelo esté ahí, más rápido escribe.</translation>
    </message>
    <message>
        <source>as many as fit</source>
        <translation>todas las que quepan</translation>
    </message>
    <message>
        <source>Let models think first</source>
        <translation>Dejar que los modelos piensen antes</translation>
    </message>
    <message>
        <source>Those that can: answers get better and take longer.</source>
        <translation>Los que saben hacerlo: las respuestas mejoran y tardan más.</translation>
    </message>
    <message>
        <source>Disk for conversations that were read</source>
        <translation>Disco para conversaciones ya leídas</translation>
    </message>
    <message>
        <source>Going on with an old conversation need not read it again; 0 keeps none.</source>
        <translation>Así no hay que volver a leer una conversación para seguirla; 0 no guarda ninguna.</translation>
    </message>
    <message>
        <source>Never connect to anything</source>
        <translation>No conectarse nunca a nada</translation>
    </message>
    <message>
        <source>Address of the hub</source>
        <translation>Dirección del hub</translation>
    </message>
    <message>
        <source>Of a mirror, if you have one: https://… Empty is the usual one.</source>
        <translation>La de una réplica, si tienes una: https://… Vacía es la habitual.</translation>
    </message>
    <message>
        <source>Write an address that begins with https:// or leave this empty.</source>
        <translation>Escribe una dirección que empiece por https:// o déjalo vacío.</translation>
    </message>
    <message>
        <source>Address of language data</source>
        <translation>Dirección de los datos de idiomas</translation>
    </message>
    <message>
        <source>Of a folder of Tesseract&apos;s files: https://… Empty is its own place.</source>
        <translation>La de una carpeta con los archivos de Tesseract: https://… Vacía es la suya.</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>Proxy</translation>
    </message>
    <message>
        <source>If your network needs one: http://… Empty is what the system says.</source>
        <translation>Si tu red lo necesita: http://… Vacío es lo que diga el sistema.</translation>
    </message>
    <message>
        <source>Write an address that begins with http:// or leave this empty.</source>
        <translation>Escribe una dirección que empiece por http:// o déjalo vacío.</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>Ajustes</translation>
    </message>
    <message>
        <source>Pages of settings</source>
        <translation>Páginas de configuración</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Aplicar</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Guardar</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Restore defaults</source>
        <translation>Restaurar valores iniciales</translation>
    </message>
    <message>
        <source>Of this page only</source>
        <translation>Solo de esta página</translation>
    </message>
</context>
<context>
    <name>ShortcutsDialog</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Atajos de teclado</translation>
    </message>
    <message>
        <source>Find an action or a key</source>
        <translation>Busca una acción o una tecla</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Acción</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Teclas</translation>
    </message>
    <message>
        <source>Send the question</source>
        <translation>Enviar la pregunta</translation>
    </message>
    <message>
        <source>Begin a new line in the question</source>
        <translation>Empezar otra línea en la pregunta</translation>
    </message>
    <message>
        <source>Stop the answer, close a box</source>
        <translation>Detener la respuesta, cerrar un cuadro</translation>
    </message>
    <message>
        <source>Translate the passage or citation that has the keyboard</source>
        <translation>Traducir el pasaje o la cita que tiene el teclado</translation>
    </message>
    <message>
        <source>Take back what was just removed</source>
        <translation>Recuperar lo que se acaba de quitar</translation>
    </message>
    <message>
        <source>Rename the library or conversation</source>
        <translation>Cambiar el nombre de la biblioteca o conversación</translation>
    </message>
    <message>
        <source>Remove what is selected in a list</source>
        <translation>Quitar lo seleccionado en una lista</translation>
    </message>
    <message>
        <source>Make the page larger</source>
        <translation>Ampliar la página</translation>
    </message>
    <message>
        <source>Make the page smaller</source>
        <translation>Reducir la página</translation>
    </message>
    <message>
        <source>Fit the page to the width</source>
        <translation>Ajustar la página al ancho</translation>
    </message>
    <message>
        <source>Index the selected documents first</source>
        <translation>Indexar primero lo seleccionado</translation>
    </message>
    <message>
        <source>Index the selected documents last</source>
        <translation>Indexar al final lo seleccionado</translation>
    </message>
</context>
<context>
    <name>SideToggles</name>
    <message>
        <source>Contents</source>
        <translation>Índice</translation>
    </message>
    <message>
        <source>Thumbnails</source>
        <translation>Miniaturas</translation>
    </message>
</context>
<context>
    <name>Sidebar</name>
    <message>
        <source>New library</source>
        <translation>Nueva biblioteca</translation>
    </message>
    <message>
        <source>New conversation</source>
        <translation>Nueva conversación</translation>
    </message>
    <message>
        <source>Search conversations</source>
        <translation>Buscar conversaciones</translation>
    </message>
    <message>
        <source>No conversation holds “{words}”</source>
        <translation>Ninguna conversación contiene «{words}»</translation>
    </message>
    <message>
        <source>What you ask is kept here</source>
        <translation>Aquí se guarda lo que preguntes</translation>
    </message>
    <message>
        <source>Libraries</source>
        <translation>Bibliotecas</translation>
    </message>
    <message>
        <source>Conversations</source>
        <translation>Conversaciones</translation>
    </message>
</context>
<context>
    <name>SidebarList</name>
    <message>
        <source>Rename</source>
        <translation>Cambiar el nombre</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Eliminar</translation>
    </message>
</context>
<context>
    <name>SingleInstance</name>
    <message>
        <source>Starting Desktop RAG again will not find this window: the place where it would listen is taken or closed.</source>
        <translation>Si vuelves a abrir Desktop RAG, no encontrará esta ventana: el lugar donde escucharía está ocupado o cerrado.</translation>
    </message>
</context>
<context>
    <name>SourceCard</name>
    <message>
        <source>p. {label}</source>
        <translation>pág. {label}</translation>
    </message>
    <message>
        <source>p. {label}, comment</source>
        <translation>p. {label}, comentario</translation>
    </message>
    <message>
        <source>Passage {number}: {title}, {page}</source>
        <translation>Pasaje {number}: {title}, {page}</translation>
    </message>
    <message>
        <source>Read off a picture of the page: some letters may be wrong.</source>
        <translation>Leído de una imagen de la página: puede haber letras equivocadas.</translation>
    </message>
    <message>
        <source>Somebody wrote this on the page.</source>
        <translation>Alguien escribió esto en la página.</translation>
    </message>
    <message>
        <source>T translates this passage.</source>
        <translation>La T traduce este pasaje.</translation>
    </message>
</context>
<context>
    <name>SourceCards</name>
    <message>
        <source>{passages} from {documents}</source>
        <translation>{passages} de {documents}</translation>
    </message>
    <message numerus="yes">
        <source>%n passage(s)</source>
        <translation>
            <numerusform>%n pasaje</numerusform>
            <numerusform>%n pasajes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n document(s)</source>
        <translation>
            <numerusform>%n documento</numerusform>
            <numerusform>%n documentos</numerusform>
        </translation>
    </message>
    <message>
        <source>{words} · {seconds} s</source>
        <translation>{words} · {seconds} s</translation>
    </message>
    <message numerus="yes">
        <source>%n more passage(s) were read</source>
        <translation>
            <numerusform>Se leyó %n pasaje más</numerusform>
            <numerusform>Se leyeron %n pasajes más</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n passage(s) were read</source>
        <translation>
            <numerusform>Se leyó %n pasaje</numerusform>
            <numerusform>Se leyeron %n pasajes</numerusform>
        </translation>
    </message>
    <message>
        <source>Hide the passages</source>
        <translation>Ocultar los pasajes</translation>
    </message>
    <message>
        <source>Show the passages</source>
        <translation>Mostrar los pasajes</translation>
    </message>
</context>
<context>
    <name>TableExport</name>
    <message>
        <source>The table was written to {path}.</source>
        <translation>La tabla se guardó en {path}.</translation>
    </message>
</context>
<context>
    <name>TablePage</name>
    <message>
        <source>Table</source>
        <translation>Tabla</translation>
    </message>
    <message>
        <source>New table…</source>
        <translation>Tabla nueva…</translation>
    </message>
    <message>
        <source>Export the table…</source>
        <translation>Exportar la tabla…</translation>
    </message>
    <message>
        <source>Delete the table</source>
        <translation>Eliminar la tabla</translation>
    </message>
    <message>
        <source>The same questions to many documents</source>
        <translation>Las mismas preguntas a muchos documentos</translation>
    </message>
    <message>
        <source>A table has a row for each document and a column for each question. It is filled in the background, every answer with its page. Select documents in the list to ask only those.</source>
        <translation>Una tabla tiene una fila por documento y una columna por pregunta. Se llena en segundo plano, cada respuesta con su página. Selecciona documentos en la lista para preguntar solo a esos.</translation>
    </message>
</context>
<context>
    <name>TablesPresenter</name>
    <message>
        <source>Add documents first, to ask them something.</source>
        <translation>Añade primero documentos para preguntarles algo.</translation>
    </message>
    <message>
        <source>Table deleted</source>
        <translation>Tabla eliminada</translation>
    </message>
</context>
<context>
    <name>Thumbnails</name>
    <message>
        <source>Thumbnails</source>
        <translation>Miniaturas</translation>
    </message>
    <message>
        <source>Page {label}</source>
        <translation>Página {label}</translation>
    </message>
</context>
<context>
    <name>Transcript</name>
    <message>
        <source>[{number}] {title}, p. {label}: “{snippet}”</source>
        <translation>[{number}] {title}, pág. {label}: «{snippet}»</translation>
    </message>
    <message>
        <source>The nearest passages:</source>
        <translation>Los pasajes más cercanos:</translation>
    </message>
    <message>
        <source>Written by the model, not confirmed by your documents:</source>
        <translation>Escrito por el modelo, sin confirmar por tus documentos:</translation>
    </message>
    <message>
        <source>{title}, p. {label}</source>
        <translation>{title}, pág. {label}</translation>
    </message>
</context>
<context>
    <name>Translation</name>
    <message>
        <source>It is translated once the answer is written.</source>
        <translation>Se traducirá cuando la respuesta esté escrita.</translation>
    </message>
    <message>
        <source>{model} could not translate this.</source>
        <translation>{model} no pudo traducirlo.</translation>
    </message>
    <message>
        <source>Translating…</source>
        <translation>Traduciendo…</translation>
    </message>
    <message>
        <source>Translation by {model}, not checked</source>
        <translation>Traducción de {model}, sin revisar</translation>
    </message>
    <message>
        <source>Translation of the beginning by {model}, not checked</source>
        <translation>Traducción del principio por {model}, sin revisar</translation>
    </message>
</context>
<context>
    <name>UndoBar</name>
    <message>
        <source>Undo</source>
        <translation>Deshacer</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Descartar</translation>
    </message>
    <message>
        <source>Undo ({key})</source>
        <translation>Deshacer ({key})</translation>
    </message>
    <message>
        <source>{what}. {key} undoes it.</source>
        <translation>{what}. {key} lo deshace.</translation>
    </message>
</context>
<context>
    <name>UnmatchedDialog</name>
    <message>
        <source>References that are not in this library</source>
        <translation>Referencias que no están en esta biblioteca</translation>
    </message>
    <message numerus="yes">
        <source>%n reference(s) fit no document by DOI, ISBN, file or title.</source>
        <translation>
            <numerusform>%n referencia no corresponde a ningún documento por DOI, ISBN, archivo o título.</numerusform>
            <numerusform>%n referencias no corresponden a ningún documento por DOI, ISBN, archivo o título.</numerusform>
        </translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
</context>
<context>
    <name>WatchesDialog</name>
    <message>
        <source>Watched folders of {library}</source>
        <translation>Carpetas vigiladas de {library}</translation>
    </message>
    <message>
        <source>Watched folders</source>
        <translation>Carpetas vigiladas</translation>
    </message>
    <message>
        <source>No folder of this library is watched</source>
        <translation>Ninguna carpeta de esta biblioteca está vigilada</translation>
    </message>
    <message>
        <source>Watch a folder…</source>
        <translation>Vigilar una carpeta…</translation>
    </message>
    <message>
        <source>Look now</source>
        <translation>Mirar ahora</translation>
    </message>
    <message>
        <source>Stop watching</source>
        <translation>Dejar de vigilar</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Leave these out</source>
        <translation>Excluir esto</translation>
    </message>
    <message numerus="yes">
        <source>%n document(s)</source>
        <translation>
            <numerusform>%n documento</numerusform>
            <numerusform>%n documentos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n exception(s)</source>
        <translation>
            <numerusform>%n excepción</numerusform>
            <numerusform>%n excepciones</numerusform>
        </translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>Empezando</translation>
    </message>
    <message>
        <source>Watching</source>
        <translation>Vigilada</translation>
    </message>
    <message>
        <source>Looking again and again</source>
        <translation>Se mira cada poco</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>No conectada</translation>
    </message>
    <message>
        <source>What comes, changes or goes is noticed at once.</source>
        <translation>Lo que llega, cambia o desaparece se nota enseguida.</translation>
    </message>
    <message>
        <source>The drive is on another machine and tells nothing: it is looked through every few seconds.</source>
        <translation>La unidad está en otro equipo y no avisa de nada: se revisa cada pocos segundos.</translation>
    </message>
    <message>
        <source>The system watches as many folders as it can, so this one is looked through every few seconds.</source>
        <translation>El sistema ya vigila todas las carpetas que puede, así que esta se revisa cada pocos segundos.</translation>
    </message>
    <message>
        <source>The folder is not there: perhaps its drive is not connected. Its documents stay, and it is looked through when it is back.</source>
        <translation>La carpeta no está: quizá su unidad no esté conectada. Sus documentos se quedan, y se revisará cuando vuelva.</translation>
    </message>
    <message>
        <source>New files in these folders are added by themselves, and changed, moved and deleted ones are kept up with.</source>
        <translation>Los archivos nuevos de estas carpetas se añaden solos, y se tienen en cuenta los que cambian, se mueven o se borran.</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>Excluido</translation>
    </message>
    <message>
        <source>One a line, as in a .gitignore: *.txt, drafts/, /2019/old.pdf</source>
        <translation>Uno por línea, como en un .gitignore: *.txt, borradores/, /2019/viejo.pdf</translation>
    </message>
    <message>
        <source>No longer watching {folder}; its documents stay</source>
        <translation>{folder} ya no se vigila; sus documentos se quedan</translation>
    </message>
</context>
<context>
    <name>WatchingPresenter</name>
    <message>
        <source>Add what comes into “{folder}” later by itself?</source>
        <translation>¿Añadir por sí solo lo que llegue más tarde a «{folder}»?</translation>
    </message>
    <message numerus="yes">
        <source>Add what comes into these %n folder(s) later by itself?</source>
        <translation>
            <numerusform>¿Añadir por sí solo lo que llegue más tarde a %n carpeta?</numerusform>
            <numerusform>¿Añadir por sí solo lo que llegue más tarde a estas %n carpetas?</numerusform>
        </translation>
    </message>
    <message>
        <source>Keep watching</source>
        <translation>Seguir vigilando</translation>
    </message>
    <message>
        <source>Add documents first: a library watches folders.</source>
        <translation>Primero añade documentos: las carpetas las vigila una biblioteca.</translation>
    </message>
    <message>
        <source>“{folder}” is not there. Its documents stay until it is back.</source>
        <translation>«{folder}» no está. Sus documentos se quedan hasta que vuelva.</translation>
    </message>
    <message>
        <source>The system watches no more folders: “{folder}” is looked through every few seconds instead.</source>
        <translation>El sistema no vigila más carpetas: «{folder}» se revisa cada pocos segundos.</translation>
    </message>
    <message numerus="yes">
        <source>Watching %n folder(s)</source>
        <translation>
            <numerusform>Se vigila %n carpeta</numerusform>
            <numerusform>Se vigilan %n carpetas</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WhyDialog</name>
    <message>
        <source>Why this answer</source>
        <translation>Por qué esta respuesta</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Búsqueda</translation>
    </message>
    <message>
        <source>Sentences</source>
        <translation>Frases</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>Texto para el modelo</translation>
    </message>
    <message>
        <source>Word by word</source>
        <translation>Palabra por palabra</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Asked</source>
        <translation>Pregunta</translation>
    </message>
    <message>
        <source>Taken for</source>
        <translation>Se tomó por</translation>
    </message>
    <message>
        <source>Searched</source>
        <translation>Se buscó</translation>
    </message>
    <message>
        <source>Enough to answer</source>
        <translation>Basta para responder</translation>
    </message>
    <message>
        <source>The passages answer this with a probability of {percent} %</source>
        <translation>Los pasajes responden con una probabilidad del {percent} %</translation>
    </message>
    <message>
        <source>Only with a probability of {percent} %, which is too little</source>
        <translation>Solo con una probabilidad del {percent} %, que es demasiado poca</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>N.º</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>Documento</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>Página</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Puntuación</translation>
    </message>
    <message>
        <source>What became of it</source>
        <translation>Qué fue de él</translation>
    </message>
    <message>
        <source>Passages</source>
        <translation>Pasajes</translation>
    </message>
    <message>
        <source>Left out: no room for it</source>
        <translation>Fuera: no cabía</translation>
    </message>
    <message>
        <source>Cited</source>
        <translation>Citado</translation>
    </message>
    <message>
        <source>Near</source>
        <translation>Cercano</translation>
    </message>
    <message>
        <source>Quoted</source>
        <translation>Citado palabra por palabra</translation>
    </message>
    <message>
        <source>Read, not cited</source>
        <translation>Leído, sin citar</translation>
    </message>
    <message>
        <source>Found, not quoted</source>
        <translation>Encontrado, sin citar</translation>
    </message>
    <message>
        <source>Sentence</source>
        <translation>Frase</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>Veredicto</translation>
    </message>
    <message>
        <source>Because</source>
        <translation>Porque</translation>
    </message>
</context>
<context>
    <name>WordChoices</name>
    <message>
        <source>Words of the answer</source>
        <translation>Palabras de la respuesta</translation>
    </message>
    <message>
        <source>What else could have stood there</source>
        <translation>Qué otra cosa podría haber puesto</translation>
    </message>
    <message>
        <source>Choose a word to see what else the model could have written there. The less certain it was, the stronger a word is tinted.</source>
        <translation>Elige una palabra para ver qué otra cosa podría haber escrito ahí el modelo. Cuanto menos seguro estaba, más se colorea la palabra.</translation>
    </message>
    <message>
        <source>The choices of this answer were not kept.</source>
        <translation>No se guardaron las opciones de esta respuesta.</translation>
    </message>
    <message>
        <source>“{word}”, {share}</source>
        <translation>«{word}», {share}</translation>
    </message>
    <message>
        <source>{number} %</source>
        <translation>{number} %</translation>
    </message>
    <message>
        <source>Nothing else was likely here.</source>
        <translation>Aquí no había otra opción probable.</translation>
    </message>
    <message>
        <source>Instead: {words}</source>
        <translation>En su lugar: {words}</translation>
    </message>
</context>
<context>
    <name>Wording</name>
    <message>
        <source>Found by words alone, not by meaning. {reason}</source>
        <translation>Encontrado solo por las palabras, no por el significado. {reason}</translation>
    </message>
    <message>
        <source>Showing results for {words}.</source>
        <translation>Mostrando resultados para {words}.</translation>
    </message>
    <message numerus="yes">
        <source>%n passage(s) with {phrases}</source>
        <translation>
            <numerusform>%n pasaje con {phrases}</numerusform>
            <numerusform>%n pasajes con {phrases}</numerusform>
        </translation>
    </message>
    <message>
        <source>No passage has {phrases}; here is what is near.</source>
        <translation>Ningún pasaje contiene {phrases}; esto es lo más cercano.</translation>
    </message>
    <message>
        <source>No passage has {phrases}.</source>
        <translation>Ningún pasaje contiene {phrases}.</translation>
    </message>
    <message>
        <source>“{words}”</source>
        <translation>«{words}»</translation>
    </message>
</context>
</TS>
