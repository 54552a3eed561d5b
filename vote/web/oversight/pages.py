"""All pages about what a committee owes its owners."""

from starlette.routing import BaseRoute

from vote.web.oversight import (
    book_bank_pages,
    book_entry_pages,
    book_mark_pages,
    book_pages,
    change_pages,
    duty_pages,
    estate_pages,
    inquiry_pages,
    interest_pages,
    petition_desk_pages,
    petition_pages,
    record_pages,
)

routes: list[BaseRoute] = [
    *record_pages.routes,
    *duty_pages.routes,
    *book_pages.routes,
    *book_entry_pages.routes,
    *book_bank_pages.routes,
    *book_mark_pages.routes,
    *inquiry_pages.routes,
    *interest_pages.routes,
    *petition_pages.routes,
    *petition_desk_pages.routes,
    *estate_pages.routes,
    *change_pages.routes,
]
