"""Data files: every format gives the same text, every fault its place, and no file a traceback."""

from __future__ import annotations

import csv
import datetime
import io
import json
import tracemalloc
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crowddesk.blueprints.data_files import FORMATS, Problems, Reading, check_file, read_table
from crowddesk.domain import BadInput, Cancelled

PLAIN = Reading()


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def values(path: Path, reading: Reading = PLAIN) -> list[dict[str, str]]:
    return [item.values for item in read_table(path, reading)]


def refusal(path: Path, reading: Reading = PLAIN, **more: Any) -> str:
    with pytest.raises(BadInput) as caught:
        list(read_table(path, reading, **more))
    return str(caught.value)


ROWS = [
    {"id": "007", "answer": "no", "text": "a, \"b\"\tc\nd"},
    {"id": "1e5", "answer": "", "text": " häß 🙂 "},
    {"id": "-0", "answer": "NULL", "text": "=1+1"},
]  # fmt: skip


def in_format(folder: Path, kind: str) -> Path:
    path = folder / f"items.{kind}"
    if kind == "json":
        path.write_text(json.dumps(ROWS), encoding="utf-8")
    elif kind == "jsonl":
        path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in ROWS), encoding="utf-8")
    elif kind == "xlsx":
        book = openpyxl.Workbook()
        book.active.append(list(ROWS[0]))
        for number, row in enumerate(ROWS, 2):
            for column, value in enumerate(row.values(), 1):
                cell = book.active.cell(number, column, value)
                cell.data_type = "s"
        book.save(path)
    else:
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(ROWS[0]), delimiter="\t" if kind == "tsv" else ",")
            writer.writeheader()
            writer.writerows(ROWS)
    return path


@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_gives_the_same_text(tmp_path: Path, kind: str) -> None:
    table = read_table(in_format(tmp_path, kind), need=["text"])
    assert table.columns == ("id", "answer", "text")
    assert [item.values for item in table] == ROWS
    assert [item.row_number for item in table] == [1, 2, 3]


@pytest.mark.parametrize(
    ("name", "reading"),
    [("items.txt", Reading(format="csv")), ("ITEMS.CSV", Reading()), ("x.dat", Reading(format="CSV"))],
)
def test_the_format_is_the_suffix_or_what_is_said(tmp_path: Path, name: str, reading: Reading) -> None:
    assert values(write(tmp_path, name, "a,b\n1,2\n"), reading) == [{"a": "1", "b": "2"}]


def test_json_numbers_keep_their_text_and_lists_become_json(tmp_path: Path) -> None:
    text = '[{"a": 1.10, "b": -0, "c": 1e5, "d": [1.50, "x", null], "e": {"k": true}, "f": null, "g": false}]'
    assert values(write(tmp_path, "a.json", text)) == [
        {"a": "1.10", "b": "-0", "c": "1e5", "d": '[1.50,"x",null]', "e": '{"k":true}', "f": "", "g": "false"}
    ]


def test_cells_of_a_workbook_are_text_as_one_sees_it(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    page.append(["n", "f", "day", "moment", "yes", "padded", "text", None])
    moment = datetime.datetime(2026, 11, 3, 14, 5)  # noqa: DTZ001 - cells know no zone
    page.append([3, 3.0, datetime.date(2026, 11, 3), moment, True, 7, "007"])
    page["F2"].number_format = "000"
    page.append([])
    page.append([0.1, 2.5, None, None, False, 12, None])
    book.create_sheet("other").append(["q"])
    book.save(tmp_path / "a.xlsx")
    table = read_table(tmp_path / "a.xlsx")
    rows = list(table)
    assert list(rows[0].values.values()) == [
        "3",
        "3",
        "2026-11-03",
        "2026-11-03T14:05:00",
        "TRUE",
        "007",
        "007",
    ]
    assert list(rows[1].values.values()) == ["0.1", "2.5", "", "", "FALSE", "12", ""]
    assert [row.line for row in rows] == [2, 4]
    assert "a.xlsx: it has a header and no rows" in refusal(tmp_path / "a.xlsx", Reading(sheet="other"))
    assert "did you mean 'other'" in refusal(tmp_path / "a.xlsx", Reading(sheet="Othr"))


def test_an_error_in_a_cell_and_a_cell_without_a_header_are_named(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["a", "b"])
    book.active.append(["#N/A", 1])
    book.active["A2"].data_type = "e"
    book.active.append([1, 2, 3])
    book.save(tmp_path / "a.xlsx")
    found = check_file(tmp_path / "a.xlsx").problems
    assert [str(p) for p in found] == [
        "a.xlsx, row 2: column 1 holds the error #N/A.",
        "a.xlsx, row 3: 3 values where the header has 2 columns.",
    ]


@pytest.mark.parametrize(
    ("encoding", "reading"),
    [
        ("utf-8-sig", Reading()),
        ("utf-8-sig", Reading(encoding="utf8")),
        ("utf-16", Reading()),
        ("utf-32", Reading()),
        ("utf-16-le", Reading(encoding="utf-16-le")),
        ("cp1252", Reading(encoding="cp1252")),
    ],
)
def test_marks_and_named_encodings_are_understood(tmp_path: Path, encoding: str, reading: Reading) -> None:
    path = write(tmp_path, "a.csv", "näme,b\r\nü,2\r\n".encode(encoding))
    assert values(path, reading) == [{"näme": "ü", "b": "2"}]


def test_a_wrong_encoding_is_one_sentence_with_line_and_byte(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", b"a,b\n1,2\n3,caf\xe9\n")
    assert refusal(path) == (
        "a.csv, line 3: byte 14 of the file (0xE9) is not UTF-8; "
        "if it was saved on Windows, say `encoding: cp1252`, else name its own encoding."
    )
    late = write(tmp_path, "b.csv", b"a,b\n" + b"1,2\n" * 200_000 + b"3,\xe9\n")
    assert "b.csv, line 200002: byte 800,007 of" in refusal(late)
    assert "is no text encoding" in refusal(path, Reading(encoding="base64"))
    assert "is no text encoding" in refusal(path, Reading(encoding="utf8x"))
    assert "say `encoding: utf-16`" in refusal(write(tmp_path, "c.csv", "a,b\n1,2\n".encode("utf-16-le")))


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.csv", "", "a.csv is empty"),
        ("a.csv", "\n\n", "a.csv is empty"),
        ("a.json", " ", "a.json is empty"),
        ("a.json", "[]", "a.json is empty"),
        ("a.csv", "a,b\n", "a.csv: it has a header and no rows"),
        ("a.csv", "a,b,a\n1,2,3\n", "line 1: the column name 'a' is used more than once (columns 1 and 3)"),
        ("a.csv", "a,,b\n1,2,3\n", "a.csv, line 1: column 2 has no name"),
        ("a.csv", "a,b\n1,2\n3\n", "a.csv, line 3: 1 value where the header has 2 columns"),
        ("a.csv", "a,b\n\n1,2,3\n", "a.csv, line 3: 3 values where the header has 2 columns"),
        ("a.csv", 'a,b\n1,"2\n3,4\n', "a.csv, line 2: a quote opens here and is never closed"),
        ("a.csv", 'a,b\n"1" x,2\n', "a.csv, line 2: a quoted cell goes on after its closing quote"),
        ("a.csv", "a,b\n1,\0\n", "a.csv, line 2: column 'b' holds a NUL character"),
        ("a.json", '{"a": 1}', "a.json, line 1: it must hold a list of objects"),
        ("a.json", "[1]", "a.json, line 1: it is not an object"),
        ("a.json", '[{"a": 1},\n{"b": 1}]', "a.json, line 2: it has no 'a', which the first row has"),
        ("a.json", '[{"a": 1},\n{"a": 1, "b": 1}]', "line 2: it has 'b', which the first row has not"),
        ("a.json", '[{"a": 1},\n{"a": 1]', "a.json, line 2: it is not JSON"),
        ("a.json", '[{"a": 1}\n{"a": 1}]', "a.json, line 2: a comma or"),
        ("a.json", '[{"a": 1}', "a.json, line 1: a comma or"),
        ("a.json", '[{"a": 1}] x', "there is more after the end"),
        ("a.json", '[{"a": 1, "a": 2}]', "the name 'a' is used more than once"),
        ("a.json", "[" * 100_000, "nested too deeply"),
        ("a.json", '[{"a": "\\ud800"}]', "half of a surrogate pair"),
        ("a.json", "[{}]", "a.json, line 1: it has no columns"),
        ("a.jsonl", '{"a": 1}\nx\n', "a.jsonl, line 2: column 1: it is not JSON"),
        ("a.jsonl", '{"a": ' + "[" * 100_000, "nested too deeply"),
        ("a.xlsx", "PK", "a.xlsx cannot be read as an Excel workbook"),
        ("a.xls", "x", "save it as .xlsx or .csv"),
        ("a.doc", "x", "its name does not tell its format"),
    ],
)  # fmt: skip
def test_a_bad_file_is_one_sentence_with_the_place(
    tmp_path: Path, name: str, content: str, sentence: str
) -> None:
    assert sentence in refusal(write(tmp_path, name, content))


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    write(tmp_path, "items.csv", "a\n1\n")
    assert "Did you mean items.csv?" in refusal(tmp_path / "itms.csv")
    assert "nor does its folder" in refusal(tmp_path / "x" / "items.csv")
    (tmp_path / "folder.csv").mkdir()
    assert "is a folder" in refusal(tmp_path / "folder.csv")
    assert "cannot be opened" in refusal(tmp_path / "a\0.csv")
    assert "not a regular file" in refusal(Path("/dev/null"), Reading(format="csv"))


def test_missing_columns_are_named_with_the_nearest(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", "text, id\n1,2\n")
    assert refusal(path, need=["Text", "id"]) == (
        "a.csv has no column 'Text': did you mean 'text'?; a.csv has no column 'id': did you mean ' id'?"
    )
    semicolons = write(tmp_path, "b.csv", "number;sentence\n1;2\n")
    assert "say `delimiter: ';'`" in refusal(semicolons, need=["id"])
    assert values(semicolons, Reading(delimiter=";")) == [{"number": "1", "sentence": "2"}]
    assert "not one character" in refusal(semicolons, Reading(delimiter=";;"))


def test_columns_are_found_under_any_of_their_names(tmp_path: Path) -> None:
    table = read_table(write(tmp_path, "a.csv", "Person,WORKER ID,worker_id,Sum\n1,2,3,4\n"))
    names = {"worker": ("worker", "worker_id", "person"), "amount": ("amount", "sum"), "why": ("why",)}
    assert table.columns_called(names, ("worker", "amount")) == {"worker": "WORKER ID", "amount": "Sum"}
    with pytest.raises(BadInput) as caught:
        table.columns_called(names, ("amount", "why"), " Say why.")
    assert str(caught.value) == (
        "a.csv needs the column why; it has 'Person', 'WORKER ID', 'worker_id', 'Sum'. Say why."
    )
    with pytest.raises(BadInput, match="needs the columns why, who; it has"):
        table.columns_called({**names, "who": ("who",)}, ("why", "who"))


def test_a_check_names_every_bad_row_up_to_a_limit_and_counts_the_rest(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", "a,b\n" + "1,2\n3\n" * 300)
    found = check_file(path, limit=20)
    assert (found.rows, found.problems.errors, len(found.problems.listed)) == (300, 300, 20)
    assert found.problems.text().endswith("... and 280 more.")
    with pytest.raises(BadInput, match=r"a\.csv, line 3: .* There are 299 more\."):
        found.problems.raise_errors()


def test_repeated_and_empty_keys_name_both_lines(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", 'id,b\nx,"1\n2"\ny,1\nx,1\n ,1\nX,1\nx,1\n')
    found = check_file(path, key="id")
    assert sorted(str(p) for p in found.problems) == [
        "a.csv, line 5: the key 'x' in column 'id' is already at line 2.",
        "a.csv, line 6: the key column 'id' is empty.",
        "a.csv, line 8: the key 'x' in column 'id' is already at line 2.",
    ]
    assert "no column 'key'" in str(next(iter(check_file(path, key="key").problems)))


def test_a_check_of_a_broken_file_raises_nothing(tmp_path: Path) -> None:
    found = check_file(tmp_path / "absent.csv")
    assert (found.columns, found.rows, found.problems.errors) == ((), 0, 1)
    found = check_file(write(tmp_path, "a.csv", b"a\n" + b"1\n" * 20_000 + b"\xff\n"))
    assert (found.columns, found.problems.errors) == (("a",), 1)
    assert found.problems.listed[0].place == "a.csv, line 20002"


def test_a_check_can_be_cancelled(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", "a\n" + "1\n" * 20_000)
    seen: list[int] = []

    def stop(rows: int) -> None:
        seen.append(rows)
        if rows >= 10_000:
            raise Cancelled("stop")

    with pytest.raises(Cancelled):
        check_file(path, progress=stop)
    assert seen == [5_000, 10_000]


def test_quotes_in_a_tsv_file_are_cells_or_text_as_a_whole(tmp_path: Path) -> None:
    quoted = write(tmp_path, "a.tsv", 'a\tb\n"x ""y"""\t"1\n2"\n')
    assert values(quoted) == [{"a": 'x "y"', "b": "1\n2"}]
    loose = write(tmp_path, "b.tsv", 'a\tb\n"Yes," she said.\t1\n"whole"\t2\n')
    assert values(loose) == [{"a": '"Yes," she said.', "b": "1"}, {"a": '"whole"', "b": "2"}]
    assert "read as text" in str(next(iter(check_file(loose).problems)))
    swallowed = write(tmp_path, "c.tsv", 'a\tb\n1\t"open\n2\tplain\n3\tclose"\n')
    assert len(values(swallowed)) == 3
    assert "never closed" in refusal(write(tmp_path, "d.tsv", 'a\n"b\n'), Reading(quotes="csv"))
    assert values(quoted, Reading(quotes="csv")) == values(quoted)
    literal = write(tmp_path, "e.csv", 'a,b\n"x,y"\n')
    assert values(literal, Reading(quotes="literal")) == [{"a": '"x', "b": 'y"'}]
    assert "none of auto, csv, literal" in refusal(literal, Reading(quotes="yes"))


def test_a_cell_of_ten_megabytes_is_read_and_one_over_the_bound_refused(tmp_path: Path) -> None:
    big = "x" * 10_000_000
    for name, content in (("a.csv", f"a,b\n1,{big}\n"), ("a.json", json.dumps([{"a": "1", "b": big}]))):
        assert values(write(tmp_path, name, content)) == [{"a": "1", "b": big}]
    assert "16 million characters" in refusal(write(tmp_path, "b.csv", f"a,b\n1,{big}{big}\n"))
    assert "16 million characters" in refusal(write(tmp_path, "b.jsonl", json.dumps({"b": big + big})))
    assert "is this a text file" in refusal(write(tmp_path, "c.csv", big * 7))


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_many_rows_need_no_more_memory_than_few(tmp_path: Path, kind: str) -> None:
    def peak(rows: int) -> int:
        path = tmp_path / f"{rows}.{kind}"
        with path.open("w") as file:
            file.write("[" if kind == "json" else "id,text\n")
            for number in range(rows):
                row = json.dumps({"id": str(number), "text": "words " * 8})
                comma = "," if number else ""
                file.write(comma + row if kind == "json" else f"{number},{'words ' * 8}\n")
            file.write("]" if kind == "json" else "")
        tracemalloc.start()
        assert sum(1 for _ in read_table(path)) == rows
        used = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return used

    assert peak(40_000) < 2 * peak(10_000)


def test_problems_keep_their_counts_when_joined() -> None:
    one, two = Problems(limit=2), Problems()
    one.add("a", "wrong.")
    two.add("b", "odd.", "warning")
    two.add("c", "wrong.")
    one.extend(two)
    assert (one.errors, one.warnings, len(one.listed)) == (2, 1, 2)
    assert one.text() == "a: wrong.\nb: odd.\n... and 1 more."


CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)


@given(rows=st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=8), kind=st.sampled_from(["csv", "tsv"]))
def test_what_python_writes_is_read_back(rows: list[tuple[str, str]], kind: str) -> None:
    text = io.StringIO(newline="")
    separator = "," if kind == "csv" else "\t"
    writer = csv.writer(text, delimiter=separator, quoting=csv.QUOTE_ALL)
    writer.writerow(["a", "b"])
    writer.writerows(rows)
    with TemporaryFile(text.getvalue().encode(), f"x.{kind}") as path:
        assert [tuple(v.values()) for v in values(path, Reading(quotes="csv"))] == rows


@given(rows=st.lists(st.fixed_dictionaries({"a": CELLS, "b b": CELLS}), min_size=1, max_size=8))
def test_json_is_read_back_however_it_is_laid_out(rows: list[dict[str, str]]) -> None:
    for indent in (None, 1):
        with TemporaryFile(json.dumps(rows, indent=indent).encode(), "x.json") as path:
            assert values(path) == rows


@given(
    content=st.one_of(
        st.binary(max_size=200),
        st.text(alphabet='ab,\t"\n\r;[]{}:1\\\0é', max_size=200).map(lambda t: t.encode()),
        st.text(alphabet='a,\t"\n', max_size=60).map(lambda t: t.encode("utf-16")),
    ),
    kind=st.sampled_from(FORMATS),
    encoding=st.sampled_from([None, "utf-8", "utf-16", "cp1252", "utf-7", "idna"]),
    quotes=st.sampled_from(["auto", "csv", "literal"]),
)
def test_no_content_gives_anything_but_rows_and_sentences(
    content: bytes, kind: str, encoding: str | None, quotes: str
) -> None:
    with TemporaryFile(content, f"x.{kind}") as path:
        reading = Reading(encoding=encoding, quotes=quotes)
        found = check_file(path, reading, key="a")
        assert found.rows or found.problems.errors
        for problem in found.problems:
            assert str(problem).endswith((".", "?"))
            assert "\n" not in problem.place
        try:
            rows = list(read_table(path, reading))
        except BadInput:
            return
        assert all(isinstance(v, str) for row in rows for v in row.values.values())


class TemporaryFile:
    """A file for one example: hypothesis runs many within one test's folder."""

    def __init__(self, content: bytes, name: str) -> None:
        self._content, self._name = content, name

    def __enter__(self) -> Path:
        import tempfile

        self._folder = tempfile.TemporaryDirectory()
        return write(Path(self._folder.name), self._name, self._content)

    def __exit__(self, *error: object) -> None:
        self._folder.cleanup()


RTE = Path(__file__).parents[3] / "shared" / "data" / "rte"


@pytest.mark.skipif(not RTE.is_dir(), reason="the RTE data are not beside the project")
def test_the_recorded_task_is_read_whole() -> None:
    for name, key, rows in (("items.tsv", "id", 800), ("labels.tsv", None, 8_000)):
        found = check_file(RTE / name, key=key)
        assert (found.rows, found.problems.listed) == (rows, [])
        lines = (RTE / name).read_text(encoding="utf-8").rstrip("\n").split("\n")
        assert ["\t".join(item.values.values()) for item in read_table(RTE / name)] == lines[1:]
