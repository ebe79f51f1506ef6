"""Two packages that Anki itself writes, in its older and its newer form, with mathematics, code, a picture and a cloze.

Run in an environment with anki==26.9.3:

    python scripts/golden/anki_packages.py
"""

import base64
import pathlib
import tempfile

from anki.collection import Collection, ExportAnkiPackageOptions

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "Tests" / "TerminalTests" / "Golden"
PICTURE = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def main():
    collection = Collection(str(pathlib.Path(tempfile.mkdtemp()) / "collection.anki2"))
    deck = collection.decks.id("Réseaux::Convolution")
    (pathlib.Path(collection.media.dir()) / "pic.png").write_bytes(base64.b64decode(PICTURE))
    cards = [
        ("What is \\(x^2\\) at 3?", "Nine: \\[3^2 = 9\\]"),
        ("See <b>this</b>", '<img src="pic.png"> and <pre><code>a &lt; b</code></pre>'),
    ]
    for front, back in cards:
        note = collection.new_note(collection.models.by_name("Basic"))
        note["Front"], note["Back"] = front, back
        collection.add_note(note, deck)
    note = collection.new_note(collection.models.by_name("Cloze"))
    note["Text"] = "A {{c1::kernel}} moves by its {{c2::stride}}."
    collection.add_note(note, deck)
    for legacy in (True, False):
        options = ExportAnkiPackageOptions(with_scheduling=False, with_deck_configs=False, with_media=True, legacy=legacy)
        path = FOLDER / f"anki_{'old' if legacy else 'new'}.apkg"
        collection.export_anki_package(out_path=str(path), options=options, limit=None)


main()
