import threading

import pytest

from index.errors import Busy, WenguError
from index.progress import Listener, Progress, Report, Scope
from search.service.updates import Updates

REPORT = Report(1, 1, 0, 0, 0, 0, 0, 2, 2, 0, 0.1, ())


class Work:
    """An update that does what the test says, when it says so."""

    def __init__(self, error: Exception | None = None) -> None:
        self.runs: list[Scope] = []
        self.refreshed = 0
        self.error = error
        self.go_on = threading.Semaphore(0)
        self.updates = Updates(self.run, self.refresh)

    def run(self, scope: Scope, progress: Listener) -> Report:
        self.runs.append(scope)
        progress(Progress("reading", 1, 1))
        assert self.go_on.acquire(timeout=20)
        if self.error:
            raise self.error
        progress(Progress("embedding", 1, 2))
        return REPORT

    def refresh(self) -> None:
        self.refreshed += 1

    def finish(self, times: int = 1) -> None:
        self.go_on.release(times)
        self.updates.wait(20)


def test_a_second_start_while_one_runs_is_refused() -> None:
    work = Work()
    work.updates.start(rebuild=True)
    with pytest.raises(Busy):
        work.updates.start()
    work.finish()
    assert work.runs == ["rebuild"]
    assert (work.updates.status.state, work.updates.status.report) == ("idle", REPORT)


def test_changes_during_an_update_are_followed_by_one_more() -> None:
    work = Work()
    work.updates.start(rebuild=True)
    work.updates.request()
    work.updates.request()
    work.finish(2)
    assert work.runs == ["rebuild", "all"]


def test_a_sweep_that_has_to_wait_is_not_forgotten_for_an_edit() -> None:
    work = Work()
    work.updates.request("changed")
    work.updates.request("all")
    work.updates.request("changed")
    work.finish(2)
    assert work.runs == ["changed", "all"]


def test_changes_while_idle_start_an_update() -> None:
    work = Work()
    work.updates.request()
    work.finish()
    assert work.runs == ["all"]


def test_what_is_found_grows_when_a_phase_ends_and_at_the_end() -> None:
    work = Work()
    work.updates.start()
    work.finish()
    assert work.refreshed == 2


def test_an_error_is_told_and_the_next_update_clears_it() -> None:
    work = Work(WenguError("the disk is full; make room"))
    work.updates.start()
    work.finish()
    status = work.updates.status
    assert (status.state, status.error) == ("failed", "the disk is full; make room")
    work.error = None
    work.updates.start()
    work.finish()
    assert (work.updates.status.state, work.updates.status.error) == ("idle", None)


def test_a_fault_is_logged_and_not_quoted(caplog: pytest.LogCaptureFixture) -> None:
    work = Work(ValueError("secret detail"))
    work.updates.start()
    work.finish()
    assert "secret detail" in caplog.text
    assert "secret" not in (work.updates.status.error or "")


def test_a_listener_hears_until_it_stops_listening() -> None:
    work, states = Work(), list[str]()
    end = work.updates.listen(lambda: states.append(work.updates.status.state))
    work.updates.start()
    work.finish()
    assert states[0] == "updating" and states[-1] == "idle"
    end()
    heard = len(states)
    work.updates.start()
    work.finish()
    assert len(states) == heard
