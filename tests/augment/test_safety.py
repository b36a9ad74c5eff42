"""The list of label-safe augmentations is complete, and each entry is a call that runs."""

import pytest
import torch

from coursecnn import augment
from coursecnn.augment.safety import MENU

BYTES = torch.randint(256, (4, 3, 28, 28), dtype=torch.uint8)


@pytest.mark.parametrize("call", MENU)
def test_each_call_runs_as_it_is_written(call):
    change = eval(call, vars(augment))
    assert change(BYTES, torch.Generator()).shape == BYTES.shape


def test_every_augmentation_that_keeps_labels_is_on_the_menu():
    offered = {name for name in augment.__all__ if name.startswith("random_")}
    assert offered - {call.split("(")[0] for call in MENU} == {"random_mixup", "random_cutmix"}


@pytest.mark.parametrize("task", augment.TASKS)
def test_each_call_is_either_safe_or_explained(task):
    safe, unsafe = augment.label_safe(task), augment.why_not(task)
    assert sorted([*safe, *unsafe]) == sorted(MENU)
    assert all(unsafe.values())


def test_the_list_can_be_changed_without_harm():
    augment.why_not("digits").clear()
    assert augment.why_not("digits")


@pytest.mark.parametrize(
    ("task", "call"),
    [
        ("digits", "random_flip()"),  # what was a 2 looks like a 5
        ("digits", "random_rotate(180)"),  # a 6 is a 9
        ("letters", "random_flip()"),  # a b is a d
        ("letters", "random_flip(vertical=True)"),  # a b is a p
        ("photos", "random_rotate(180)"),
        ("directions", "random_flip()"),  # left is right
        ("scans", "random_flip()"),  # the heart is on the wrong side
        ("colours", "random_grayscale()"),
    ],
)
def test_what_makes_another_class_of_a_picture_is_not_offered(task, call):
    assert call not in augment.label_safe(task)
