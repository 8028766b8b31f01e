"""Put each TOML table's JSON beside it in the wheel; hatchling runs this when it builds one."""

import json
import tempfile
import tomllib
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class BuildTables(BuildHookInterface):
    """The hook that hatchling looks for."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the JSON files outside the source tree and add them to the wheel."""
        if version == "editable":  # an editable install reads the TOML that is being edited
            return
        made = Path(tempfile.mkdtemp())
        for path in sorted(Path(self.root, "wafer_calc").rglob("*.toml")):
            target = path.relative_to(self.root).with_suffix(".json")
            file = made / target
            file.parent.mkdir(parents=True, exist_ok=True)
            table = tomllib.loads(path.read_text("utf-8"))
            text = json.dumps(table, default=str, ensure_ascii=False, separators=(",", ":"))
            file.write_text(text, "utf-8")
            build_data["force_include"][str(file)] = target.as_posix()
