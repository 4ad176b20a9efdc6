"""Each runner's own summary is read right."""

from testing import counts, run_all
from testing.counts import Counts

JUNIT = """<testsuites><testsuite>
  <testcase name="fine"/>
  <testcase name="bad"><failure message="no"/></testcase>
  <testcase name="away"><skipped>no PostgreSQL</skipped></testcase>
  <testcase name="corpus"><skipped>no corpus</skipped></testcase>
</testsuite></testsuites>"""


def test_junit_counts_cases(tmp_path):
    path = tmp_path / "r.xml"
    path.write_text(JUNIT)

    assert counts.from_junit(path) == Counts(1, 1, 2)


def test_a_skip_that_may_not_be_is_a_failure(tmp_path):
    path = tmp_path / "r.xml"
    path.write_text(JUNIT)

    assert counts.from_junit(path, must_run="postgres|redis") == Counts(1, 2, 1)


def test_swift_text_is_read_when_there_is_no_report():
    text = ('➜ Test "skipped here" skipped: "why"\n'
            '✘ Test "some fail" with 3 test cases failed after 0.001 seconds with 1 issue.\n'
            "✘ Test run with 6 tests in 1 suite failed after 0.001 seconds with 1 issue.\n")

    assert counts.from_swift_text(text) == Counts(4, 1, 1)


def test_node_summaries_of_both_reporters_are_added():
    text = "ℹ pass 3\nℹ fail 1\nℹ cancelled 0\nℹ skipped 2\n# pass 4\n# fail 0\n"

    assert counts.from_node(text) == Counts(7, 1, 2)


def test_the_line_names_skips_only_when_there_are_any():
    assert str(Counts(2, 0)) == "2 passed, 0 failed"
    assert str(Counts(2, 0) + Counts(0, 0, 1)) == "2 passed, 0 failed, 1 skipped"


def test_every_target_with_tests_is_run():
    targets = {folder.name for folder in (run_all.ROOT / "Tests").iterdir()
               if folder.name.endswith("Tests")}

    assert targets == set(run_all.SWIFT_TARGETS)
