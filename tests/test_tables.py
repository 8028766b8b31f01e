import datetime
import importlib.util
import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from wafer_calc.tables import plain, read_table

ROOT = Path(__file__).parents[1]


@pytest.fixture
def package(tmp_path, monkeypatch):
    folder = tmp_path / "tables_of_a_test"
    folder.mkdir()
    (folder / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    yield folder
    sys.modules.pop("tables_of_a_test", None)


def test_a_date_becomes_its_iso_text():
    # JSON has no dates; both ways of reading a table must give the same
    assert plain({"a": datetime.date(2022, 2, 17), "b": [1, 2.5, {"c": True}]}) == {
        "a": "2022-02-17",
        "b": [1, 2.5, {"c": True}],
    }


def test_a_table_that_is_not_there_says_so():
    with pytest.raises(FileNotFoundError, match="no_such_table"):
        read_table("wafer_calc.facts", "no_such_table")


def test_toml_is_read_where_nothing_was_built(package):
    (package / "t.toml").write_text("day = 2022-02-17\nname = '度'\n", "utf-8")
    assert read_table("tables_of_a_test", "t") == {"day": "2022-02-17", "name": "度"}


def test_what_was_built_is_read_first(package):
    (package / "t.toml").write_text("a = 1\n", "utf-8")
    (package / "t.json").write_text('{"a": 2}', "utf-8")
    assert read_table("tables_of_a_test", "t") == {"a": 2}


def test_the_wheel_s_tables_say_what_the_toml_says():
    interface = pytest.importorskip("hatchling.builders.hooks.plugin.interface")
    path = ROOT / ".ci" / "build_tables.py"
    spec = importlib.util.spec_from_file_location("build_tables", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert issubclass(module.BuildTables, interface.BuildHookInterface)
    build = {"force_include": {}}
    module.BuildTables.initialize(SimpleNamespace(root=str(ROOT)), "standard", build)
    made = {target: file for file, target in build["force_include"].items()}
    assert "wafer_calc/facts/wafer.json" in made
    for target, file in made.items():
        package, name = target.rsplit("/", 1)
        built = json.loads(Path(file).read_text("utf-8"))
        assert built == read_table(package.replace("/", "."), name.removesuffix(".json")), target


def test_an_editable_install_builds_no_tables():
    pytest.importorskip("hatchling")
    path = ROOT / ".ci" / "build_tables.py"
    spec = importlib.util.spec_from_file_location("build_tables", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    build = {"force_include": {}}
    module.BuildTables.initialize(SimpleNamespace(root=str(ROOT)), "editable", build)
    assert build["force_include"] == {}
