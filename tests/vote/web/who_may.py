"""Who may call what: every route of the application, written by hand from docs/reference.md and the tables of duties.

A new route needs a row here; a row whose route is gone has to go too. `everybody` needs no sign-in, `anybody signed in` has an
account and whatever tasks; the others are staff in whose scope the estate lies, members of its `committee`, or those who have the duty in the election
that the address names. `everybody at work` are staff and all who have a duty; `staff but phones` are not those of the staff who
have this duty there. Why each may what it may: docs/decisions/0019-who-may.md.

Not here: what belongs to an estate (`who_may_estates.py`).
"""

from tests.vote.web.who_may_estates import ESTATES

AT_WORK = ("staff", "registrar", "trustee", "phones", "desk", "organiser", "community", "sub_district")

TABLE = """
POST /api/elections/{election}/trustees/{trustee}/key                       staff
POST /api/elections/{election}/duties/{duty}/{slot}/key                     staff
GET  /api/elections/{election}/key-requests                                      everybody at work
POST /api/elections/{election}/duties/{duty}/{slot}/key/agree                    everybody at work
POST /api/elections/{election}/duties/{duty}/{slot}/key/stop                     everybody at work
GET  /api/elections/{election}/event-counts                                 everybody
POST /api/estates                                                           staff
GET  /work/estates/{estate}/petition-card                                   staff
GET  /work/estates/{estate}/petitions/new                                   staff
POST /work/estates/{estate}/petitions/new                                   staff
GET  /work/estates/{estate}/petitions/{petition}                            staff
POST /work/estates/{estate}/petitions/{petition}/paper                      staff
POST /work/estates/{estate}/petitions/{petition}/take-back                  staff
POST /work/estates/{estate}/petitions/{petition}/end                        staff
GET  /work/estates/{estate}/petitions/{petition}/check                      staff
GET  /api/rolls/{roll}                                                      staff
POST /api/rolls/{roll}/objections                                           staff
GET  /api/rolls/{roll}/objections                                           staff
POST /api/rolls/{roll}/objections/{objection}/answer                        staff
POST /api/rolls/{roll}/freeze                                               staff
GET  /api/rolls/{roll}/public                                               everybody
GET  /api/rolls/{roll}/entitlements/{entitlement}/proof                     staff
POST /api/elections                                                         staff
POST /api/elections/{election}/offices                                      staff
GET  /api/elections/{election}                                              everybody
GET  /api/elections/{election}/draft                                        staff
POST /api/elections/{election}/seal                                         staff
POST /api/elections/{election}/open                                         staff
POST /api/elections/{election}/notice                                       staff
POST /api/elections/{election}/extend                                       organiser
POST /api/elections/{election}/withdraw                                     organiser
POST /api/elections/{election}/correct                                      organiser
POST /api/elections/{election}/annul                                        organiser
GET  /elections/{election}/changes.json                                     everybody
GET  /elections/{election}/papers.json                                      everybody
GET  /elections/{election}/parts.json                                       everybody
GET  /elections/{election}/public_creds.json                                everybody
GET  /elections/{election}/manifest.json                                    everybody
GET  /elections/{election}/election.json                                    everybody
GET  /elections/{election}/roll-public.json                                 everybody
POST /api/rolls/{roll}/phones                                               staff
POST /api/elections/{election}/phones/confirmations                         desk
POST /api/elections/{election}/phones/changes                               phones
GET  /api/elections/{election}/phones/changes                               phones
POST /api/elections/{election}/phones/changes/{change}/accept               phones
POST /api/elections/{election}/phones/changes/{change}/refuse               phones
GET  /api/elections/{election}/invitations                                  staff
GET  /api/elections/{election}/trustees.json                                everybody
GET  /api/elections/{election}/board                                        everybody
POST /api/elections/{election}/trustees/{trustee}/posts                     trustee
POST /api/elections/{election}/trustees/{trustee}/trial                     trustee
GET  /api/elections/{election}/registrar/request                            registrar
POST /api/elections/{election}/registrar/credentials                        registrar
PUT  /api/elections/{election}/registrar/letters                            registrar
GET  /api/elections/{election}/registrar/letters                            registrar
DELETE /api/elections/{election}/registrar/letters                            registrar
POST /api/elections/{election}/registrar/reissued                           registrar
GET  /api/elections/{election}/registrar/printed                            registrar
POST /api/elections/{election}/registrar/printed                            registrar
POST /api/elections/{election}/codes                                        everybody
POST /api/elections/{election}/part                                         everybody
POST /api/elections/{election}/agreements                                   everybody
GET  /api/elections/{election}/changes-count                                everybody
GET  /elections/{election}/agreement-text                                   everybody
POST /api/elections/{election}/ballots                                      everybody
GET  /api/elections/{election}/ballot                                       everybody
GET  /api/elections/{election}/turnout                                      everybody
GET  /api/elections/{election}/ballots/{tracker}.tlog-proof                 everybody
GET  /log/{estate}/checkpoint                                               everybody
GET  /log/{estate}/{number}/checkpoint                                      everybody
GET  /log/{estate}/tile/{part}                                              everybody
GET  /log/{estate}/{number}/tile/{part}                                     everybody
GET  /log/{estate}/anchors/{anchor}                                         everybody
GET  /log/{estate}/{number}/anchors/{anchor}                                everybody
GET  /log/{estate}/policy                                                   everybody
GET  /log/{estate}/{number}/policy                                          everybody
GET  /log/{estate}/key                                                      everybody
GET  /log/{estate}/{number}/key                                             everybody
GET  /elections/{election}/box.json                                         everybody
GET  /elections/{election}/set-aside.json                                   everybody
POST /api/elections/{election}/close                                        staff
POST /api/elections/{election}/sum                                          staff
POST /api/elections/{election}/trustees/{trustee}/share                     trustee
GET  /elections/{election}/result.json                                      everybody
GET  /elections/{election}/share-proofs.json                                everybody
GET  /elections/{election}/{name}.bel                                       everybody
POST /api/elections/{election}/disputes                                     desk
GET  /api/elections/{election}/disputes/{dispute}                           organiser
POST /api/elections/{election}/disputes/{dispute}/settle                    organiser
POST /api/elections/{election}/check                                        organiser
GET  /api/elections/{election}/disclosure                                   staff
GET  /api/elections/{election}/participation                                organiser, community
GET  /elections/{election}/participation.json                               everybody
GET  /elections/{election}/disputes.json                                    everybody
GET  /elections/{election}/check.json                                       everybody
POST /api/elections/{election}/objections                                   desk
GET  /api/elections/{election}/objections/{objection}                       organiser
POST /api/elections/{election}/objections/{objection}/merge                 organiser
POST /api/elections/{election}/objections/{objection}/answer                organiser
GET  /elections/{election}/objections.json                                  everybody
POST /api/elections/{election}/offices/organiser                            organiser
POST /api/elections/{election}/offices/community                            community
POST /api/elections/{election}/offices/sub_district                         sub_district
POST /api/elections/{election}/certificate                                  organiser
GET  /elections/{election}/certificate-draft.json                           everybody
GET  /elections/{election}/certificate-draft.pdf                            everybody
POST /api/elections/{election}/certificate/organiser                        organiser
POST /api/elections/{election}/certificate/community                        community
POST /api/elections/{election}/certificate/sub_district                     sub_district
GET  /api/elections/{election}/certificate/organiser/prepared               organiser
GET  /api/elections/{election}/certificate/community/prepared               community
GET  /api/elections/{election}/certificate/sub_district/prepared            sub_district
GET  /elections/{election}/certificate.json                                 everybody
GET  /elections/{election}/certificate.pdf                                  everybody
GET  /elections/{election}/certificates/{certificate}.json                  everybody
GET  /elections/{election}/certificates/{certificate}.pdf                   everybody
POST /api/elections/{election}/openings                                     desk
GET  /api/elections/{election}/openings/{opening}                           desk, community
GET  /elections/{election}/openings.json                                    everybody
POST /api/elections/{election}/trustees/{trustee}/destroyed                 trustee
POST /api/elections/{election}/registrar/destroyed                          registrar
GET  /elections/{election}/retention.json                                   everybody
GET  /                                                                      everybody
GET  /elections/{election}                                                  everybody
GET  /elections/{election}/participants                                     everybody
GET  /elections/{election}/papers                                           everybody
GET  /elections/{election}/result                                           everybody
GET  /elections/{election}/archive                                          everybody
GET  /static/{name}                                                         everybody
GET  /assets.json                                                           everybody
GET  /elections/{election}/vote                                             everybody
GET  /elections/{election}/titles                                           everybody
GET  /work/elections/{election}/owner-check                                 desk, organiser
POST /work/elections/{election}/owner-check                                 desk, organiser
GET  /work/elections/{election}/authorities                                 desk, organiser
POST /work/elections/{election}/owner-check/agree                           desk, organiser
POST /api/elections/{election}/owner/disputes                               everybody
POST /api/elections/{election}/owner/looks                                  everybody
GET  /elections/{election}/receipt                                          everybody
GET  /elections/{election}/receipt.svg                                      everybody
GET  /elections/{election}/check                                            everybody
GET  /sign-in                                                               everybody
POST /sign-in/challenge                                                     everybody
POST /sign-in/passkey                                                       everybody
POST /sign-in                                                               everybody
POST /sign-out                                                              everybody
GET  /sign-in/provider                                                      everybody
GET  /sign-in/provider/return                                               everybody
GET  /account/provider                                                      anybody signed in
POST /account/provider/unlink                                               anybody signed in
GET  /join                                                                  everybody
POST /join                                                                  everybody
POST /join/accept                                                           everybody
POST /join/challenge                                                        everybody
POST /join/passkey                                                          everybody
POST /join/codes                                                            everybody
GET  /account                                                               anybody signed in
POST /account/passkeys/challenge                                            anybody signed in
POST /account/passkeys                                                      anybody signed in
POST /account/passkeys/{passkey}/remove                                     anybody signed in
POST /account/codes                                                         anybody signed in
POST /account/sessions/{session}/end                                        anybody signed in
POST /account/sessions/end-others                                           anybody signed in
GET  /staff                                                                 staff
POST /staff/invite                                                          staff
POST /staff/grants/{grant}/revoke                                           staff
GET  /work                                                                  anybody signed in
GET  /work/estates/new                                                      staff
POST /work/estates/new                                                      staff
GET  /work/estates/{estate}                                                 staff
GET  /work/estates/{estate}/rolls/new                                       staff
POST /work/estates/{estate}/rolls/new                                       staff
GET  /work/rolls/{roll}                                                     staff
GET  /work/rolls/{roll}/rows                                                staff
GET  /work/rolls/{roll}/report.csv                                          staff
GET  /work/rolls/{roll}/columns                                             staff
POST /work/rolls/{roll}/columns                                             staff
GET  /work/rolls/{roll}/rows/{row}                                          staff but registrar
POST /work/rolls/{roll}/rows/{row}                                          staff
GET  /work/rolls/{roll}/compare                                             staff
GET  /work/rolls/{roll}/notice                                              staff
POST /work/rolls/{roll}/notice                                              staff
GET  /work/rolls/{roll}/printed                                             staff
GET  /work/rolls/{roll}/objections                                          staff
POST /work/rolls/{roll}/objections                                          staff
POST /work/rolls/{roll}/objections/{objection}/answer                       staff
GET  /work/rolls/{roll}/phones                                              staff but registrar
POST /work/rolls/{roll}/phones                                              staff but registrar
GET  /work/rolls/{roll}/freeze                                              staff
POST /work/rolls/{roll}/freeze                                              staff
GET  /work/rolls/{roll}/discard                                             staff
POST /work/rolls/{roll}/discard                                             staff
GET  /work/elections/{election}/phones                                      phones, desk, staff
POST /work/elections/{election}/phones/confirm                              desk
POST /work/elections/{election}/phones/propose                              phones
POST /work/elections/{election}/phones/{change}/accept                      phones
POST /work/elections/{election}/phones/{change}/refuse                      phones
GET  /work/estates/{estate}/elections/new                                   staff
POST /work/estates/{estate}/elections/new                                   staff
GET  /work/estates/{estate}/elections/drafts/{draft}/matters                staff
GET  /work/estates/{estate}/elections/drafts/{draft}/matters/{matter}       staff
POST /work/estates/{estate}/elections/drafts/{draft}/matters/{matter}       staff
POST /work/estates/{estate}/elections/drafts/{draft}/matters/{matter}/drop  staff
GET  /work/estates/{estate}/elections/drafts/{draft}/secrecy                staff
POST /work/estates/{estate}/elections/drafts/{draft}/secrecy                staff
GET  /work/estates/{estate}/elections/drafts/{draft}/times                  staff
POST /work/estates/{estate}/elections/drafts/{draft}/times                  staff
GET  /work/estates/{estate}/elections/drafts/{draft}/people                 staff
POST /work/estates/{estate}/elections/drafts/{draft}/people                 staff
POST /work/estates/{estate}/elections/drafts/{draft}/people/check           staff
GET  /work/estates/{estate}/elections/drafts/{draft}/privacy                staff
POST /work/estates/{estate}/elections/drafts/{draft}/privacy                staff
GET  /work/estates/{estate}/elections/drafts/{draft}/review                 staff
POST /work/estates/{estate}/elections/drafts/{draft}/review                 staff
POST /work/estates/{estate}/elections/drafts/{draft}/rehearse               staff
POST /work/estates/{estate}/elections/drafts/{draft}/discard                staff
GET  /work/elections/{election}                                             organiser, community, staff
GET  /work/elections/{election}/set-up                                      staff
POST /work/elections/{election}/set-up/duties/{duty}/{slot}/replace         staff
POST /work/elections/{election}/set-up/discard                              staff
GET  /work/elections/{election}/links                                            everybody at work
POST /work/elections/{election}/links/{duty}/{slot}/ask                          staff
POST /work/elections/{election}/links/{duty}/{slot}/agree                        everybody at work
POST /work/elections/{election}/links/{duty}/{slot}/stop                         everybody at work
POST /work/elections/{election}/links/{duty}/{slot}/give                         staff
GET  /work/elections/{election}/seal                                        staff
POST /work/elections/{election}/seal                                        staff
GET  /work/elections/{election}/notice                                      staff
POST /work/elections/{election}/notice                                      staff
GET  /work/elections/{election}/deliveries                                  staff but phones, organiser, community, desk
POST /work/elections/{election}/deliveries                                  staff but phones, organiser, community, desk
GET  /work/elections/{election}/deliveries/undelivered                      staff but phones, organiser, community
POST /work/elections/{election}/turnout                                     organiser, community
POST /work/elections/{election}/waiting                                     organiser, community
GET  /work/elections/{election}/reminders                                   organiser, community
POST /work/elections/{election}/reminders                                   organiser, community
POST /work/elections/{election}/papers/withdraw                             staff, organiser
GET  /work/elections/{election}/changes                                     organiser, community, staff
POST /work/elections/{election}/changes/extend                              organiser
POST /work/elections/{election}/changes/withdraw                            organiser
POST /work/elections/{election}/changes/correct                             organiser
POST /work/elections/{election}/changes/annul                               organiser
GET  /elections/{election}/finish                                           staff, desk, organiser, community, sub_district
GET  /work/elections/{election}/finish                                      staff, desk, organiser, community, sub_district
GET  /elections/{election}/finish/rooms                                     organiser, community
GET  /elections/{election}/finish/disputes                                  staff, desk, organiser, community, sub_district
POST /elections/{election}/finish/disputes                                  desk
GET  /elections/{election}/finish/disputes/{dispute}                        organiser
POST /elections/{election}/finish/disputes/{dispute}                        organiser
GET  /elections/{election}/finish/check                                     staff, desk, organiser, community, sub_district
POST /elections/{election}/finish/check                                     organiser
GET  /elections/{election}/finish/opening                                   staff, desk, organiser, community, sub_district, trustee
GET  /elections/{election}/finish/result                                    staff, desk, organiser, community, sub_district
GET  /elections/{election}/finish/objections                                staff, desk, organiser, community, sub_district
POST /elections/{election}/finish/objections                                desk
GET  /elections/{election}/finish/objections/{objection}                    organiser
POST /elections/{election}/finish/objections/{objection}/merge              organiser
POST /elections/{election}/finish/objections/{objection}/answer             organiser
GET  /elections/{election}/finish/certificate                               staff, desk, organiser, community, sub_district
POST /elections/{election}/finish/certificate                               organiser
GET  /elections/{election}/office-keys                                      organiser, community, sub_district
GET  /elections/{election}/record                                           staff, desk, organiser, community, sub_district
GET  /elections/{election}/record.json                                      staff, desk, organiser, community, sub_district
GET  /elections/{election}/record.csv                                       staff, desk, organiser, community, sub_district
GET  /holders/{election}                                                    trustee
GET  /holders/{election}/card                                               trustee
GET  /holders/{election}/letters                                            registrar
GET  /demo                                                                  everybody
GET  /demo/keys/{office}                                                    everybody
GET  /openapi.json                                                          everybody
GET  /health                                                                everybody
GET  /health/ready                                                          everybody
GET  /metrics                                                               everybody
"""


def read_table() -> dict[tuple[str, str], tuple[str, ...]]:
    """Return who may, by method and path."""
    rows = {}
    for line in (*TABLE.strip().splitlines(), *ESTATES.strip().splitlines()):
        method, path, who = line.split(maxsplit=2)
        assert (method, path) not in rows, line
        rows[method, path] = AT_WORK if who == "everybody at work" else tuple(who.split(", "))
    return rows
