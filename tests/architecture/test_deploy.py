"""The files of `deploy/` name what there is: commands and options, variables, one port, one data folder."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.guide.test_commands import offers

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.*"))
PROGRAM = "/opt/yiheng/venv/bin/yiheng"


def values(path: Path, key: str) -> list[str]:
    """The values of a key of a unit file, in order."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.partition("=")[2] for line in lines if line.startswith(f"{key}=")]


def calls(path: Path) -> Iterator[list[str]]:
    """The arguments of each call of the program in a unit file."""
    for line in (*values(path, "ExecStart"), *values(path, "ExecStartPost")):
        words = shlex.split(line)
        for inner in [words, *(shlex.split(word) for word in words if " " in word)]:
            if PROGRAM in inner:
                yield inner[inner.index(PROGRAM) + 1 :]


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_units_call_commands_and_options_that_there_are(path: Path) -> None:
    offered = dict(offers())
    found = list(calls(path))
    assert found or path.suffix == ".timer"
    for words in found:
        name = next(
            (n for n in (f"yiheng {words[0]}", f"yiheng {' '.join(words[:2])}") if n in offered), None
        )
        assert name, f"{path.name}: no command {words[0]}"
        options = {word for word in words if word.startswith("--")}
        unknown = {word for word in options if word.replace("--no-", "--", 1) not in offered[name]}
        assert not unknown, f"{path.name}: {name} has no {unknown}"


def test_every_service_is_confined() -> None:
    services = [path for path in UNITS if path.suffix == ".service"]
    assert len(services) == 3
    for path in services:
        assert values(path, "User") == ["yiheng"], path.name
        for key, value in {
            "NoNewPrivileges": "yes", "ProtectSystem": "strict", "ProtectHome": "yes", "PrivateTmp": "yes",
            "CapabilityBoundingSet": "", "UMask": "0027", "StateDirectory": "yiheng",
        }.items():  # fmt: skip
            assert values(path, key) == [value], f"{path.name}: {key}"


def test_the_timer_starts_a_service_that_is_there() -> None:
    timers = [path for path in UNITS if path.suffix == ".timer"]
    assert timers and all(path.with_suffix(".service").is_file() for path in timers)


def test_the_example_environment_names_variables_that_are_read(repository: Path) -> None:
    sources = (repository / "src" / "yiheng").rglob("*.py")
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources) + "PYTHONUTF8"
    example = (DEPLOY / "yiheng.env.example").read_text(encoding="utf-8")
    names = re.findall(r"^([A-Z_0-9]+)=", example, re.MULTILINE)
    assert len(names) > 5 and [name for name in names if name not in text] == []
    assert "YIHENG_HTTPS=1" in example and "YIHENG_HOME=/var/lib/yiheng\n" in example


def test_the_proxy_leads_to_the_port_that_the_service_listens_on() -> None:
    proxy = (DEPLOY / "nginx" / "yiheng.conf").read_text(encoding="utf-8")
    [words] = calls(DEPLOY / "systemd" / "yiheng.service")
    port, host = words[words.index("--port") + 1], words[words.index("--host") + 1]
    assert set(re.findall(r"proxy_pass (\S+);", proxy)) == {f"http://{host}:{port}"}
    assert "X-Forwarded-Proto https" in proxy and "TLSv1.1" not in proxy


def test_systemd_understands_the_units(tmp_path: Path) -> None:
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("no systemd-analyze on this machine")
    for path in UNITS:
        text = path.read_text(encoding="utf-8").replace(PROGRAM, "/bin/true")
        (tmp_path / path.name).write_text(text, encoding="utf-8")
    for path in UNITS:
        done = subprocess.run(
            [program, "verify", "--man=no", tmp_path / path.name], capture_output=True, encoding="utf-8"
        )
        said = [line for line in done.stderr.splitlines() if path.name in line]
        assert not said, said


def test_nginx_understands_the_proxy(tmp_path: Path) -> None:
    program, openssl = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin"), shutil.which("openssl")
    if program is None or openssl is None:
        pytest.skip("no nginx or no openssl on this machine")
    certificate = [
        "-keyout",
        tmp_path / "privkey.pem",
        "-out",
        tmp_path / "fullchain.pem",
        "-subj",
        "/CN=yiheng",
    ]
    subprocess.run(
        [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", *certificate],
        check=True,
        capture_output=True,
    )
    proxy = (DEPLOY / "nginx" / "yiheng.conf").read_text(encoding="utf-8")
    # Where anybody may listen and read; the rest is as it is delivered.
    proxy = proxy.replace("/etc/ssl/yiheng/", f"{tmp_path}/")
    proxy = re.sub(r"(listen (?:\[::\]:)?)(80|443)\b", r"\g<1>20\2", proxy)
    main = tmp_path / "nginx.conf"

    def judged(text: str) -> subprocess.CompletedProcess[str]:
        main.write_text(
            f"pid {tmp_path}/pid;\nerror_log stderr;\nevents {{}}\nhttp {{\naccess_log off;\n{text}\n}}\n",
            encoding="utf-8",
        )
        return subprocess.run(
            [program, "-t", "-p", tmp_path, "-c", main], capture_output=True, encoding="utf-8", timeout=60
        )

    done = judged(proxy)
    assert done.returncode == 0 and "[warn]" not in done.stderr, done.stderr
    assert judged(proxy.replace("proxy_pass", "proxy_path", 1)).returncode != 0
