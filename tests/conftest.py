"""A small vault, indexed once by the real thing for all tests that only read it."""

import os
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from small_vault import Remembering, SmallVault

from index.settings import Settings

# A busy machine takes longer over an example than hypothesis allows by default.
hypothesis.settings.register_profile("patient", deadline=None)
hypothesis.settings.load_profile("patient")

NOTES = {
    "博客/模型一.md": """---
发布日期: 2025-11-19
作者: [甲, 乙]
---
# 星河 1 系统卡

模型一的网络安全评级是中等。#安全/网络

## 训练

训练用了三周。 ^weeks

![[图.png]] ![远](https://example.org/x.png)

- [[模型二]]；关联理由：版本演进；说明：下一版，评级升到了高。
- [[没有这篇]]
""",
    "博客/模型二.md": """---
发布日期: 2025-12-18
tags: [安全]
aliases: M2
---
# 星河 2 系统卡

模型二的网络安全评级是高。

- [[模型一#训练]]；关联理由：版本演进；说明：上一版，评级只是中等。
""",
    "随笔/咖啡.md": "# 手冲咖啡\n\n2024-05-01 水温九十二度。<script>alert(1)</script>\n",
    "随笔/100% #1?.md": "A note in English about brewing tea.\n",
}
PNG = bytes.fromhex("89504e470d0a1a0a") + b"\0" * 32


def write_vault(folder: Path) -> Path:
    """The small vault with a picture in it."""
    for name, text in NOTES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    (folder / "图片").mkdir()
    (folder / "图片" / "图.png").write_bytes(PNG)
    (folder / "图片" / "画.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", "utf-8")
    return folder


@pytest.fixture(autouse=True, scope="session")
def no_settings_from_outside() -> Iterator[None]:
    kept = {name: os.environ.pop(name) for name in list(os.environ) if name.startswith("WENGU_")}
    yield
    os.environ.update(kept)


@pytest.fixture(autouse=True, scope="session")
def no_hub() -> Iterator[None]:
    """No test may wait for a model hub."""
    patch = pytest.MonkeyPatch()
    patch.setenv("HF_HUB_OFFLINE", "1")
    yield
    patch.undo()


@pytest.fixture(scope="session")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of the small vault, indexed; tests that change it make their own."""
    from index.settings import load
    from search.service.updates import IndexUpdater
    from search.store.models import Models

    folder = tmp_path_factory.mktemp("vault")
    settings = load(notes=write_vault(folder / "notes"), index=folder / "index")
    IndexUpdater(settings, Models(settings.model_cache, print))("all", lambda progress: None)
    return settings


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of the sample notes that ship with the project, indexed."""
    from index.model.load import load as load_model
    from index.settings import load
    from index.update import update

    notes = Path(__file__).resolve().parents[1] / "notes"
    settings = load(notes=notes, index=tmp_path_factory.mktemp("sample") / "index")
    update(settings, load_model(settings.model, settings.model_cache))
    return settings


def in_store(name: str, settings: Settings, folder: Path) -> Settings:
    """The same notes and index, searched in a store: ``files``, or ``milvus`` in a folder."""
    from index.model.load import load as load_model
    from index.update import update

    if name == "files":
        return settings
    published = settings.model_copy(update={"store": f"milvus+file:{folder / 'notes.db'}"})
    update(published, load_model(settings.model, settings.model_cache))
    return published


@pytest.fixture(scope="session", params=["files", "milvus"])
def stored_sample(
    request: pytest.FixtureRequest, sample: Settings, tmp_path_factory: pytest.TempPathFactory
) -> Settings:
    """Settings of the sample notes in each store."""
    return in_store(request.param, sample, tmp_path_factory.mktemp("store"))


@pytest.fixture(scope="session", params=["files", "milvus"])
def stored_vault(
    request: pytest.FixtureRequest, vault: Settings, tmp_path_factory: pytest.TempPathFactory
) -> Settings:
    """Settings of the small vault in each store."""
    return in_store(request.param, vault, tmp_path_factory.mktemp("store"))


@pytest.fixture(scope="session")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> Remembering:
    """The default model; a text that another test has had encoded costs nothing."""
    from index.model.load import load as load_model
    from index.settings import load

    settings = load(notes=tmp_path_factory.mktemp("any"))
    return Remembering(lambda: load_model(settings.model, settings.model_cache))


@pytest.fixture
def small(tmp_path: Path, encoder: Remembering) -> SmallVault:
    """An empty vault that the test may change; no index yet."""
    encoder.embedded.clear()
    return SmallVault(tmp_path, encoder)
