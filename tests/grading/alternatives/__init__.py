"""Right answers to each automatic task in other styles, at least three; no student gets them.

They show that the grader looks at what a function answers, not at how. The bundle of students has
the references and the known mistakes, since checks need them, but nothing from here.
"""

from . import a01, a02, a03, a04, a05, a06, a07, a08

#: From the id of a task to functions.
ALTERNATIVES = {
    name: answers
    for sheet in (a01, a02, a03, a04, a05, a06, a07, a08)
    for name, answers in sheet.ALTERNATIVES.items()
}
