"""The guides of the house: written once in Markdown, shown as help pages, printed, searched, quoted by tests.

`reading` takes the text apart, `library` holds the two guides, `places` says which section helps on which
page.
"""
