"""The course of the tutorial without a window, and the battle that it is taught in."""

from dataclasses import replace

import numpy as np
import pytest

from sim.game.campaign import Campaign
from sim.game.tutorial import tutorial
from sim.game.tutorial.tutorial import STEPS, Facts, Tutorial, View

pytestmark = pytest.mark.slow


def test_a_hint_is_told_when_a_step_takes_long():
    course = Tutorial()
    course.note(Facts(), 0)
    assert not course.late
    course.note(Facts(), tutorial.HINT_AFTER_MS)
    assert course.late
    course.go(1)
    assert not course.late


def test_zooming_alone_is_not_looking_around():
    course = Tutorial()
    course.note(Facts(view=View(zoom=5, middle=(1.0, 1.0))), 0)
    course.note(Facts(view=View(zoom=6, middle=(2.0, 1.0))), 1)
    assert course.at == 0
    course.note(Facts(view=View(zoom=6, middle=(3.0, 1.0))), 2)
    assert course.at == 1


def test_a_march_of_the_day_before_is_not_an_order_taken_back():
    course = Tutorial()
    course.at = next(row for row, step in enumerate(STEPS) if step.button == "undo")
    course.note(Facts(marched=3, can_undo=True), 0)
    course.note(Facts(marched=0, turn=2, can_undo=True), 1)
    assert STEPS[course.at].button == "undo"
    course.note(replace(Facts(marched=2, can_undo=True), turn=2), 2)
    course.note(replace(Facts(marched=0, can_undo=True), turn=2), 3)
    assert STEPS[course.at].button != "undo"


def test_steps_about_the_attack_pass_where_the_town_has_fallen():
    course = Tutorial()
    course.at = next(row for row, step in enumerate(STEPS) if step.title == "Plan an attack")
    for now in range(3):
        course.note(Facts(enemy_holds=False), now)
    assert course.step.title == "Dig in"


def test_nobody_is_warned_while_still_reading():
    course = Tutorial()
    course.at = next(row for row, step in enumerate(STEPS) if step.title == "Plan an attack")
    course.note(Facts(), 0)
    assert not course.warning
    course.note(Facts(), tutorial.WARN_AFTER_MS)
    assert "None of your units" in course.warning


def test_a_plotted_march_that_is_taken_back_counts_as_undone():
    course = Tutorial()
    course.at = next(row for row, step in enumerate(STEPS) if step.button == "undo")
    course.note(Facts(plotted=2, can_undo=True), 0)
    course.note(Facts(plotted=1, can_undo=True), 1)
    assert STEPS[course.at].button != "undo"


def test_the_end_of_the_campaign_leads_to_the_last_step():
    course = Tutorial()
    course.note(Facts(is_over=True), 0)
    assert course.is_last


# --- the scenario


def scores(*led):
    found = []
    for seed in range(4):
        campaign = Campaign.start(tutorial.SCENARIO, seed=seed).lead(*led)
        while not campaign.is_over:
            campaign.next_phase()
        found.append(int(campaign.world.clock["score"][0]))
    return np.array(found)


def test_the_battle_of_the_tutorial_is_neither_lost_nor_won_by_itself():
    best, _, narrow, drawn, _ = Campaign.start(tutorial.SCENARIO).scenario.header.victory.levels
    assert (scores("soviet") < drawn.at_least).all()  # whoever does nothing
    fought = scores()
    assert (fought >= narrow.at_least).all()
    assert np.median(fought) < best.at_least
