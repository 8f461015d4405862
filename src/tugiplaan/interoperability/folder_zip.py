"""A month folder as one packed file: brought in from a page, and taken out by one."""

import io
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from uuid import UUID

from django.utils.translation import gettext as _

from tugiplaan.accounts.access import User, require
from tugiplaan.audit.refusal import RefusedError
from tugiplaan.interoperability.month_export import export_folder
from tugiplaan.interoperability.month_import import Imported, import_folder
from tugiplaan.month_folder.folder import RESULT_FILES
from tugiplaan.month_folder.schema import CONTRACT_FILE, TABLES
from tugiplaan.month_folder.tables import read_contract_file
from tugiplaan.providers.files import find_provider
from tugiplaan.rules.period import Month

MOST_PACKED = 5 * 1024 * 1024
MOST_UNPACKED = 100 * 1024 * 1024
_NAMES = frozenset({CONTRACT_FILE, *(table.file for table in TABLES)})
_PASSED_OVER = frozenset(RESULT_FILES)


class UnableToUnpackError(RefusedError):
    """The file is no packed month folder of this provider."""


@dataclass(frozen=True, slots=True)
class PackedFolder:
    """A month folder as a ZIP file, and the month that it is about."""

    data: bytes
    month: Month


def import_packed(
    *, provider_id: UUID, folder: PackedFolder, by: User, on: date, is_dry: bool
) -> Imported:
    """Bring a packed month folder into a provider.

    Args:
        provider_id: Whose folder it must be.
        folder: The file and its month.
        by: Who brings it in.
        on: Today.
        is_dry: Only tell what would change.

    Returns:
        As `import_folder`.

    Raises:
        UnableToUnpackError: It is no such file, too large, or another provider's.
        BadInputError: As `import_folder`.
        NotAllowedError: `by` may not.
        MonthClosedError: As `import_folder`.
    """
    require(by, "providers.write", provider_id, on)
    with tempfile.TemporaryDirectory() as place:
        unpacked = Path(place) / "import"
        unpacked.mkdir()
        _unpack(folder.data, unpacked)
        if find_provider(read_contract_file(unpacked).provider) != provider_id:
            raise UnableToUnpackError(
                _(
                    "Failis contract.toml ei ole selle asutuse registrikood. Vaata jagu "
                    "[provider] üle. Midagi ei salvestatud."
                )
            )
        return import_folder(folder=unpacked, month=folder.month, by=by, on=on, is_dry=is_dry)


def _unpack(packed: bytes, folder: Path) -> None:
    if len(packed) > MOST_PACKED:
        raise UnableToUnpackError(
            _("Fail on suurem kui {most} MB. Too andmed sisse kuude kaupa.").format(
                most=MOST_PACKED // 1024 // 1024
            )
        )
    try:
        with zipfile.ZipFile(io.BytesIO(packed)) as archive:
            for name, info in _chosen(archive).items():
                (folder / name).write_bytes(archive.read(info))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise UnableToUnpackError(
            _("See ei ole loetav ZIP-fail. Paki kuu kaust uuesti. Midagi ei salvestatud.")
        ) from error


def _chosen(archive: zipfile.ZipFile) -> Mapping[str, zipfile.ZipInfo]:
    """Give the files of the folder by their plain names: nothing is written anywhere else."""
    found: dict[str, zipfile.ZipInfo] = {}
    for info in archive.infolist():
        name = PurePosixPath(info.filename.replace("\\", "/")).name
        if info.is_dir() or name.startswith((".", "~")) or name in _PASSED_OVER:
            continue
        if name not in _NAMES or name in found:
            raise UnableToUnpackError(
                _(
                    "Pakis on fail „{name}“, mida kuu kaustas ei ole. Olla võivad: {known}. "
                    "Midagi ei salvestatud."
                ).format(name=name[:60], known=", ".join(sorted(_NAMES)))
            )
        found[name] = info
    if CONTRACT_FILE not in found:
        raise UnableToUnpackError(
            _("Pakis ei ole faili {name}. Midagi ei salvestatud.").format(name=CONTRACT_FILE)
        )
    if sum(info.file_size for info in found.values()) > MOST_UNPACKED:
        raise UnableToUnpackError(
            _("Pakk on lahti pakituna liiga suur. Too andmed sisse kuude kaupa.")
        )
    return found


def export_packed(*, provider_id: UUID, month: Month, by: User, on: date) -> bytes:
    """Take a provider's month folder out as a ZIP file.

    Args:
        provider_id: Whose.
        month: The month whose contract is written.
        by: Who takes it out; recorded as a reading of every person.
        on: Today.

    Returns:
        The file.

    Raises:
        NotAllowedError: `by` may not.
    """
    require(by, "providers.write", provider_id, on)
    out = io.BytesIO()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "export"
        export_folder(provider_id=provider_id, month=month, folder=folder, by=by, on=on)
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in sorted(folder.iterdir()):
                archive.write(path, path.name)
    return out.getvalue()
