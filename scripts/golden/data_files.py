"""Files for the data commands: the small samples under Lessons/data/small, and what NumPy and Pillow make for the tests of Datasets.

Needs numpy and pillow.
"""

import gzip
import json
import pathlib
import struct

import numpy as np
from PIL import Image

ROOT = pathlib.Path(__file__).resolve().parents[2]
SMALL = ROOT / "Lessons/data/small"
GOLDEN = ROOT / "Tests/DatasetsTests/Golden"


def digits(count):
    """The first digits of the embedded set as bytes: sixteen steps of 16, the last one 255."""
    rows = (ROOT / "Lessons/data/digits.txt").read_text().split("\n")[1 : count + 1]
    pixels, labels = zip(*(row.split(",") for row in rows))
    images = np.array([[min(255, 16 * int(c, 17)) for c in row] for row in pixels], np.uint8).reshape(-1, 8, 8)
    return images, np.array(labels, np.uint8)


def small(images, labels):
    """One small file of every kind that `data` reads, for examples and tests."""
    SMALL.mkdir(parents=True, exist_ok=True)
    header = struct.pack(">4B3i", 0, 0, 8, 3, *images.shape)
    (SMALL / "digits-images.idx3.gz").write_bytes(gzip.compress(header + images.tobytes(), 9, mtime=0))
    (SMALL / "digits-labels.idx1").write_bytes(struct.pack(">4Bi", 0, 0, 8, 1, len(labels)) + labels.tobytes())
    np.savez_compressed(SMALL / "digits.npz", x=images, y=labels.astype(np.int64))
    for digit in range(3):
        folder = SMALL / "digits" / str(digit)
        folder.mkdir(parents=True, exist_ok=True)
        for number, image in enumerate(images[labels == digit][:3], 1):
            picture = Image.fromarray(image)
            if number == 3:
                picture.save(folder / f"{number}.jpg", quality=95, optimize=True)
            else:
                picture.save(folder / f"{number}.png", optimize=True)


def archives():
    """The same 3 x 2 numbers in every type and both orders, stored and deflated."""
    numbers = np.array([[0, 1], [2, 3], [100, 127]])
    kinds = ["f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", ">f4", ">f8", ">i2", ">u4", ">i8"]
    arrays = {kind.replace(">", "big_"): numbers.astype(kind) for kind in kinds}
    arrays["b1"] = numbers > 1
    arrays["fortran"] = np.asfortranarray(np.arange(24, dtype="f4").reshape(2, 3, 4))
    arrays["negative"] = np.array([-1.5, -128, 3e10])
    arrays["half"] = numbers.astype("f2")
    arrays["text"] = np.array(["a", "b", "c"])
    arrays["fields"] = np.zeros(3, [("a", "f4"), ("b", "i4")])
    arrays["y"] = np.array([2, 0, 1])
    arrays["onehot"] = np.eye(3, dtype="f4")[[2, 0, 1]]
    arrays["nan"] = np.array([[1, 2], [3, np.nan], [5, 6]], "f4")
    GOLDEN.mkdir(parents=True, exist_ok=True)
    np.savez(GOLDEN / "stored.npz", **arrays)
    np.savez_compressed(GOLDEN / "deflated.npz", **arrays)


def pictures():
    """A picture of 9 x 7 in the forms that PNG and JPEG know, and Pillow's bilinear resizing of it, which reduces with antialiasing."""
    y, x = np.mgrid[:9, :7]
    colour = np.stack([x * 40 % 256, y * 28 % 256, (x * y * 11 + 30) % 256], -1).astype(np.uint8)
    picture = Image.fromarray(colour)
    gray = picture.convert("L")
    folder = GOLDEN / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    picture.save(folder / "colour.png")
    gray.save(folder / "gray.png")
    picture.quantize(16).save(folder / "palette.png")
    Image.fromarray(np.dstack([colour, np.full((9, 7), 90, np.uint8)])).save(folder / "alpha.png")
    Image.fromarray(np.asarray(gray).astype(np.uint16) * 257).save(folder / "deep.png")
    gray.point(lambda v: 255 * (v > 100)).convert("1").save(folder / "bits.png")
    picture.save(folder / "colour.jpg", quality=90)
    picture.save(folder / "progressive.jpg", quality=90, progressive=True)
    picture.convert("CMYK").save(folder / "inks.jpg", quality=95)
    gray.save(folder / "gray.jpg", quality=90)
    channels = [Image.fromarray(colour[..., c].astype(np.float32)) for c in range(3)]
    sizes = [(4, 3), (12, 11), (9, 2), (5, 7)]
    resized = {
        f"{h}x{w}": np.stack([np.asarray(c.resize((w, h), Image.BILINEAR)) for c in channels], -1).round(3).ravel().tolist()
        for h, w in sizes
    }
    expected = {
        name: {mode: np.asarray(Image.open(folder / name).convert(mode)).ravel().tolist() for mode in ("L", "RGB")}
        for name in ["colour.png", "gray.png", "palette.png", "bits.png", "colour.jpg", "progressive.jpg", "gray.jpg"]
    }
    text = json.dumps({"resized": resized, "pixels": expected}, separators=(",", ":"))
    (GOLDEN / "pictures.json").write_text(text + "\n")


small(*digits(60))
archives()
pictures()
