from desktop_rag.domain.folders import doubtful, entered, listed


def test_names_tell_what_is_the_users() -> None:
    assert listed("Informe.DOCX")
    assert not any(map(listed, ("~$Informe.docx", ".a.pdf", "._a.pdf", "pdf", "a.pdf.part")))
    assert all(map(doubtful, ("pdf", "Acta 3. Junta", "scan 2.4")))
    assert not any(map(doubtful, (".profile", "~$Informe", "a.pdf", "a.pdf.part")))
    assert entered("Tesis")
    assert not any(map(entered, (".git", "Node_Modules", "__MACOSX", "Página_archivos")))
