from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import attrs
import pytest

from m2m_trio.errors import SettingsError
from m2m_trio.settings.address import Address
from m2m_trio.settings.load import Flag, Loaded, load, reload
from m2m_trio.settings.model import SecuritySettings, Settings

# The sample of the guide, but for the scanner, which this build has not.
SAMPLE = """\
# ~/.m2m/config.toml

[proxy]
listen = "127.0.0.1:8080"
upstream = "http://localhost:11434/v1"
api_key = ""  # Optional: forwarded to upstream

[proxy.compression]
requests = true
responses = true

[proxy.security]
enabled = true
blocking = true
threshold = 0.8
"""

Write = Callable[[str], Path]


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    return {"HOME": str(tmp_path)}


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write_file(text: str) -> Path:
        file = tmp_path / ".m2m" / "config.toml"
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
        file.chmod(0o600)
        return file

    return write_file


def refusal(**sources: object) -> str:
    with pytest.raises(SettingsError) as caught:
        load(**sources)  # type: ignore[arg-type]
    message = caught.value.message
    assert "\n" not in message
    return message


def port(value: object) -> Flag:
    return Flag(name="--port", path=("proxy", "listen", "port"), value=value)


def host(value: object) -> Flag:
    return Flag(name="--host", path=("proxy", "listen", "host"), value=value)


def flag(name: str, path: str, value: object) -> Flag:
    return Flag(name=name, path=("proxy", *path.split(".")), value=value)


def test_without_any_source_defaults_are_in_force(home: dict[str, str]) -> None:
    loaded = load(environ=home)

    assert loaded.settings == Settings()
    assert set(loaded.sources.values()) == {"default"}
    assert loaded.file is None
    assert loaded.warnings == ()


def test_each_source_wins_over_the_one_before(home: dict[str, str], write: Write) -> None:
    file = write("[proxy]\nworkers = 2\nengine = 'hypercorn'\n[proxy.pool]\nwait = 1\n")
    environ = {**home, "M2M_WORKERS": "3", "M2M_POOL_WAIT": "2.5"}
    loaded = load(environ=environ, flags=[flag("--workers", "workers", 4)])

    assert loaded.settings == attrs.evolve(
        Settings(),
        workers=4,
        engine="hypercorn",
        pool=attrs.evolve(Settings().pool, wait=2.5),
    )
    assert loaded.sources["proxy.workers"] == "flag --workers"
    assert loaded.sources["proxy.pool.wait"] == "environment M2M_POOL_WAIT"
    assert loaded.sources["proxy.engine"] == f"{file}:3"
    assert loaded.sources["proxy.pool.head"] == "default"
    assert loaded.file == file


def test_the_sample_of_the_guide_loads(home: dict[str, str], write: Write) -> None:
    write(SAMPLE)
    scanning = Settings(security=SecuritySettings(enabled=True))
    assert load(environ=home).settings == scanning
    off = [flag("--no-security", "security.enabled", False)]
    assert load(environ=home, flags=off).settings == Settings()

    write(SAMPLE.replace("enabled = true", "enabled = false"))
    assert load(environ=home).settings == Settings()


def test_the_variable_names_the_file_and_the_flag_wins(
    home: dict[str, str], tmp_path: Path, write: Write
) -> None:
    write("[proxy]\nworkers = 2\n")
    by_variable = tmp_path / "variable.toml"
    by_variable.write_text("[proxy]\nworkers = 3\n")
    by_flag = tmp_path / "flag.toml"
    by_flag.write_text("[proxy]\nworkers = 4\n")
    environ = {**home, "M2M_CONFIG": str(by_variable)}

    assert load(environ=home).settings.workers == 2
    assert load(environ=environ).settings.workers == 3
    assert load(environ=environ, config=str(by_flag)).settings.workers == 4


def test_a_named_file_must_be_there(home: dict[str, str], tmp_path: Path) -> None:
    missing = str(tmp_path / "missing.toml")
    problem = f"{missing}: there is no such file: correct the name"

    assert refusal(config=missing, environ=home) == f"settings file (flag --config): {problem}"
    assert refusal(environ={**home, "M2M_CONFIG": missing}) == (
        f"settings file (environment M2M_CONFIG): {problem}"
    )


def test_no_home_directory_means_no_default_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_home() -> Path:
        raise RuntimeError

    monkeypatch.setattr(Path, "home", no_home)

    assert load(environ={}).settings == Settings()


def test_the_default_file_must_be_readable_if_it_is_there(
    home: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / ".m2m" / "config.toml").mkdir(parents=True)

    assert "it is a directory: name a file in it" in refusal(environ=home)


@pytest.mark.parametrize(
    ("flags", "address", "source"),
    [
        ([port(9000)], Address("10.0.0.1", 9000), "flag --port"),
        ([host("::1")], Address("::1", 7000), "flag --host"),
        ([host("0.0.0.0"), port(0)], Address("0.0.0.0", 0), "flag --host --port"),
        ([], Address("10.0.0.1", 7000), "environment M2M_LISTEN"),
    ],
)
def test_host_and_port_are_laid_over_what_listen_was(
    home: dict[str, str], flags: list[Flag], address: Address, source: str
) -> None:
    loaded = load(environ={**home, "M2M_LISTEN": "10.0.0.1:7000"}, flags=flags)

    assert loaded.settings.listen == address
    assert loaded.sources["proxy.listen"] == source


def test_a_port_alone_keeps_the_default_host(home: dict[str, str]) -> None:
    assert load(environ=home, flags=[port(81)]).settings.listen == Address("127.0.0.1", 81)


@pytest.mark.parametrize("wrong", [host("a b"), host("[::"), port(65536), port(-1)])
def test_a_wrong_half_of_listen_names_its_flag(home: dict[str, str], wrong: Flag) -> None:
    message = refusal(environ=home, flags=[wrong])

    assert message.startswith(f"proxy.listen (flag {wrong.name}): ")


def test_a_wrong_flag_is_named(home: dict[str, str]) -> None:
    wrong = flag("--workers", "workers", 0)

    assert refusal(environ=home, flags=[wrong]) == (
        "proxy.workers (flag --workers): must be >= 1: 0"
    )


def test_client_keys_of_a_file_stand_behind_the_others(
    home: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "keys"
    file.write_text("# ours\nkey-b\n\n  key-c  \nkey-a\n")
    file.chmod(0o600)
    environ = {**home, "M2M_CLIENT_KEYS_FILE": str(file)}

    alone = load(environ=environ)
    both = load(environ={**environ, "M2M_CLIENT_KEYS": "key-a, key-x"})

    assert alone.settings.client_keys == ("key-b", "key-c", "key-a")
    assert alone.sources["proxy.client_keys"] == str(file)
    assert alone.warnings == ()
    assert both.settings.client_keys == ("key-a", "key-x", "key-b", "key-c")
    assert both.sources["proxy.client_keys"] == f"environment M2M_CLIENT_KEYS and {file}"


def test_an_empty_name_means_no_client_keys_file(home: dict[str, str]) -> None:
    assert load(environ={**home, "M2M_CLIENT_KEYS_FILE": ""}).settings == Settings()


def test_client_keys_that_others_may_read_are_a_warning(
    home: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "keys"
    file.write_text("key-a")
    file.chmod(0o644)
    loaded = load(environ={**home, "M2M_CLIENT_KEYS_FILE": str(file)})

    assert loaded.settings.client_keys == ("key-a",)
    assert [file.name in warning and "chmod 600" in warning for warning in loaded.warnings] == [
        True
    ]


@pytest.mark.parametrize(
    ("upstream", "written"),
    [
        ("http://localhost:11434", "http://localhost:11434/v1"),
        ("https://h/?api-version=1", "https://h/v1"),
        ("http://localhost:11434/v1", None),
        ("demo:", None),
    ],
)
def test_an_upstream_without_a_path_is_a_warning(
    home: dict[str, str], upstream: str, written: str | None
) -> None:
    warnings = load(environ={**home, "M2M_UPSTREAM": upstream}).warnings

    assert [warning.endswith(f"write {written}") for warning in warnings] == [True] * bool(
        written
    )


def test_a_settings_file_with_keys_that_others_may_read_is_a_warning(
    home: dict[str, str], write: Write
) -> None:
    write("[proxy]\nworkers = 2\n").chmod(0o644)
    assert load(environ=home).warnings == ()
    assert load(environ={**home, "M2M_API_KEY": "k"}).warnings == ()

    write("[proxy]\napi_key = 'k'\n").chmod(0o644)
    assert "chmod 600" in load(environ=home).warnings[0]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("# none\n", "it has no key: write one a line, or leave client_keys_file out"),
        ("ok\ntwo words\n", "line 2 is not one key: write one a line, in ASCII"),
        (None, "there is no such file: correct the name"),
    ],
)
def test_a_wrong_client_keys_file_is_named(
    home: dict[str, str], tmp_path: Path, text: str | None, problem: str
) -> None:
    file = tmp_path / "keys"
    if text is not None:
        file.write_text(text)

    assert refusal(environ={**home, "M2M_CLIENT_KEYS_FILE": str(file)}) == (
        f"proxy.client_keys_file (environment M2M_CLIENT_KEYS_FILE): {file}: {problem}"
    )


def test_paths_in_a_file_start_at_the_file_and_at_home(
    home: dict[str, str], tmp_path: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    file = write("[proxy]\nclient_keys_file = 'keys'\n")
    (file.parent / "keys").write_text("key-a")
    (tmp_path / "keys").write_text("key-b")

    assert load(environ=home).settings.client_keys == ("key-a",)
    environ = {**home, "M2M_CLIENT_KEYS_FILE": "~/keys"}
    assert load(environ=environ).settings.client_keys == ("key-b",)


def test_a_tilde_without_a_home_directory_stands_as_it_is(home: dict[str, str]) -> None:
    environ = {**home, "M2M_CLIENT_KEYS_FILE": "~nobody-by-this-name/keys"}

    assert "~nobody-by-this-name/keys: there is no such file" in refusal(environ=environ)


@pytest.mark.parametrize(
    ("key", "content", "complaint"),
    [
        ("rules", None, "there is no such file: correct the name"),
        ("rules", "x = ", "Invalid value"),
        ("rules", '[[rule]]\nname = "own.a"\nweight = 1\npatterns = ["no_such_slot"]\n', "."),
        ("model", None, "there is no such file: correct the name"),
        ("model", "none", "'none' has none"),
    ],
)
def test_the_scanners_files_are_read_first(
    home: dict[str, str], key: str, content: str | None, complaint: str
) -> None:
    pytest.importorskip("re2", reason="the scan extra is not installed")
    named = Path(home["HOME"], "named")
    if content is not None:
        named.write_text(content)
    file = Path(home["HOME"], "config.toml")
    file.write_text(f'[proxy.security]\nenabled = true\n{key} = "named"\n')
    with pytest.raises(SettingsError, match=rf"proxy.security.{key} .*:3\): .*{complaint}"):
        load(config=str(file), environ=home)


def test_a_certificate_that_cannot_be_read_is_named(home: dict[str, str]) -> None:
    environ = {**home, "M2M_CERT": "/nowhere/c.pem", "M2M_KEY": "/nowhere/k.pem"}

    assert refusal(environ=environ) == (
        "proxy.cert (environment M2M_CERT): /nowhere/c.pem: "
        "there is no such file: correct the name"
    )


def test_reload_reads_file_and_environment_and_keeps_flags(
    home: dict[str, str], write: Write
) -> None:
    write("[proxy]\nworkers = 2\nserver_timing = false\n")
    environ = dict(home)
    loaded = load(environ=environ, flags=[flag("--workers", "workers", 5)])
    write("[proxy]\nworkers = 3\nserver_timing = true\n")
    environ["M2M_LOG_LEVEL"] = "debug"
    again = reload(loaded)

    assert again.settings.workers == 5
    assert again.settings.server_timing
    assert again.settings.log.level == "debug"


def test_a_reload_does_not_fall_back_to_defaults_for_want_of_a_file(
    home: dict[str, str], write: Write
) -> None:
    bare = load(environ=home)
    path = write('[proxy]\nclient_keys = ["k"]\n')
    loaded = load(environ=home)
    assert reload(bare).settings.client_keys == ("k",)
    path.unlink()
    assert reload(bare).settings.client_keys == ()
    with pytest.raises(SettingsError, match="is gone"):
        reload(loaded)


def test_a_reload_leaves_the_listeners_what_they_are(
    home: dict[str, str], write: Write
) -> None:
    write("")
    loaded = load(environ=home)
    write('[proxy]\nlisten = "0.0.0.0:9"\nworkers = 2\nserver_timing = true\n')
    for _ in range(2):  # what waits still waits the second time
        loaded = reload(loaded)
        assert loaded.settings.listen.is_loopback
        assert loaded.settings.workers == 1
        assert loaded.settings.server_timing
        assert loaded.waiting == ("listen", "workers")


def test_a_reload_does_not_open_a_node_on_the_network(
    home: dict[str, str], write: Write
) -> None:
    write('[proxy]\nlisten = "0.0.0.0:9"\napi_key = "a"\nclient_keys = ["k"]\n')
    loaded = load(environ=home)
    write('[proxy]\nlisten = "127.0.0.1:9"\napi_key = "a"\n')
    load(environ=home)
    with pytest.raises(
        SettingsError, match=r"config\.toml:3.*0\.0\.0\.0:9 open to the network"
    ):
        reload(loaded)


def test_a_reload_that_fails_raises(home: dict[str, str], write: Write) -> None:
    write("")
    loaded = load(environ=home)
    write("[proxy]\nworkers = 'many'\n")

    with pytest.raises(SettingsError, match=r"proxy\.workers .*config\.toml:2"):
        reload(loaded)


def test_loaded_can_be_made_of_settings_alone() -> None:
    assert Loaded(settings=Settings()).sources == {}


def test_no_secret_stands_in_a_refusal(home: dict[str, str]) -> None:
    for variable in ("M2M_API_KEY", "M2M_CLIENT_KEYS", "M2M_UPSTREAM"):
        message = refusal(environ={**home, variable: "ftp://me:hunter2secret@host/ä x"})
        assert "hunter2" not in message


def test_no_secret_stands_in_the_representation(home: dict[str, str]) -> None:
    flags = [flag("--api-key", "api_key", "sk-hunter2secret")]
    loaded = load(environ={**home, "M2M_CLIENT_KEYS": "hunter2secret"}, flags=flags)

    assert loaded.settings.client_keys == ("hunter2secret",)
    assert "hunter2" not in repr(loaded)
