"""Commands on guides: init, values, guide, check."""

from __future__ import annotations

import pytest
from ruamel.yaml import YAML
from typer.testing import CliRunner

from toneguide.cli import app


@pytest.fixture
def run():
    return lambda *words: CliRunner().invoke(app, [str(word) for word in words])


@pytest.mark.parametrize("language", ["fi", "en", "both"])
def test_a_new_guide_passes_its_own_check(run, tmp_path, language):
    assert run("init", tmp_path / "g", "--language", language).exit_code == 0
    result = run("check", tmp_path / "g")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "nothing to look at" in result.stderr


def test_init_leaves_a_guide_that_is_there(run, tmp_path):
    run("init", tmp_path)
    before = (tmp_path / "guide.yaml").read_bytes()
    result = run("init", tmp_path, "--language", "en")
    assert (result.exit_code, result.stdout) == (3, "")
    assert "there already" in result.stderr
    assert (tmp_path / "guide.yaml").read_bytes() == before


class TestWorkflow:
    def test_checks_the_guide_and_the_notebooks_from_the_root_of_the_repository(self, run, tmp_path):
        import toneguide

        (tmp_path / ".git").mkdir()
        assert run("init", tmp_path / "comms" / "our-guide", "--ci").exit_code == 0
        job = YAML(typ="safe").load((tmp_path / ".github" / "workflows" / "toneguide.yml").read_text(encoding="utf-8"))["jobs"]["tone"]
        commands = "\n".join(step.get("run", "") for step in job["steps"])
        assert f'"toneguide[lab]=={toneguide.__version__}"' in commands
        assert 'toneguide check "comms/our-guide"' in commands
        assert "pytest --nbval" in commands

    def test_is_added_to_a_guide_that_is_there_without_touching_it(self, run, tmp_path):
        run("init", tmp_path / "g")
        before = (tmp_path / "g" / "guide.yaml").read_bytes()
        assert run("init", tmp_path / "g", "--ci").exit_code == 0
        assert (tmp_path / "g" / "guide.yaml").read_bytes() == before
        assert (tmp_path / ".github" / "workflows" / "toneguide.yml").is_file()

    def test_is_left_as_it_is_where_there_is_one(self, run, tmp_path):
        run("init", tmp_path / "g", "--ci")
        workflow = tmp_path / ".github" / "workflows" / "toneguide.yml"
        workflow.write_text("mine", encoding="utf-8")
        result = run("init", tmp_path / "g", "--ci")
        assert (result.exit_code, workflow.read_text(encoding="utf-8")) == (3, "mine")
        assert "left as it is" in result.stderr

    def test_a_folder_that_a_shell_would_read_as_a_command_is_refused(self, run, tmp_path):
        result = run("init", tmp_path / "g$(id)", "--ci")
        assert result.exit_code == 3
        assert "plainer name" in result.stderr


def test_check_lists_every_problem_and_ends_with_3(run, tmp_path):
    (tmp_path / "guide.yaml").write_text("valuess: []\npipeline: slow\n", encoding="utf-8")
    result = run("check", tmp_path)
    assert result.exit_code == 3
    assert "line 1: unknown key 'valuess'; did you mean 'values'" in result.stdout
    assert "line 2: pipeline is 'slow'; choose one of accurate, fast" in result.stdout


def test_check_ends_with_1_where_something_will_not_work(run, tmp_path):
    (tmp_path / "guide.yaml").write_text("hands_off: [ja]\n", encoding="utf-8")
    result = run("check", tmp_path)
    assert result.exit_code == 1
    assert "everyday word" in result.stdout


def test_check_names_the_posts_that_are_out_of_tone(run, tmp_path):
    (tmp_path / "guide.yaml").write_text("targets: {linkedin: {warmth: {min: 99}}}\n", encoding="utf-8")
    posts = tmp_path / "posts.csv"
    posts.write_text(
        "text,channel\nLasku erääntyy perjantaina ja siitä peritään korko.,linkedin\nLasku erääntyy perjantaina.,x\n", encoding="utf-8"
    )
    result = run("check", tmp_path, posts)
    assert result.exit_code == 1
    assert result.stdout.count("out of tone") == 1
    assert "(target 99-100)" in result.stdout


def test_check_without_a_guide_says_what_to_do(run, tmp_path):
    result = run("check", tmp_path / "nowhere")
    assert result.exit_code == 3
    assert "toneguide init" in result.stderr


def test_values_lists_the_library_one_a_line(run):
    result = run("values")
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) >= 40
    assert "courage\tRohkeus\tCourage\t" in result.stdout


@pytest.mark.parametrize(("name", "told"), [("rohkeus", "uskallus"), ("Be bold", "brave")])
def test_values_shows_the_words_of_one(run, name, told):
    assert told in run("values", name).stdout


def test_an_unknown_value_ends_with_3(run):
    result = run("values", "kahvihuone")
    assert (result.exit_code, result.stdout) == (3, "")


@pytest.mark.parametrize(("language", "heading"), [("fi", "Arvomme"), ("en", "Our values")])
def test_guide_writes_a_page(run, tmp_path, language, heading):
    run("init", tmp_path)
    result = run("guide", tmp_path, "-o", tmp_path / "g.html", "--language", language)
    assert (result.exit_code, result.stdout) == (0, "")
    assert heading in (tmp_path / "g.html").read_text(encoding="utf-8")


def test_a_page_that_cannot_be_written_says_so(run, tmp_path):
    run("init", tmp_path)
    assert run("guide", tmp_path, "-o", tmp_path / "nowhere" / "g.html").exit_code == 3
