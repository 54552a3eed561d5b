"""Who may call what of an estate, whatever is voted on there: records, books, duties, cases; as `who_may.py` has the rest."""

ESTATES = """
GET  /api/estates/{estate}                                                  everybody
POST /api/estates/{estate}/rolls                                            staff
GET  /api/cases                                                             everybody
GET  /api/estates/{estate}/cases                                            everybody
POST /api/estates/{estate}/cases                                            staff, committee
GET  /api/estates/{estate}/cases/{case}                                     everybody
POST /api/estates/{estate}/cases/{case}/happenings                          staff, committee
POST /api/estates/{estate}/cases/{case}/happenings/{happening}/take-back    staff
POST /api/estates/{estate}/cases/{case}/elections                           staff
GET  /api/duties                                                            everybody
GET  /api/estates/{estate}/duties                                           everybody
POST /api/estates/{estate}/duties/keeping                                   staff
POST /api/estates/{estate}/duties/happenings                                staff, committee
POST /api/estates/{estate}/duties/fulfilments                               staff, committee
POST /api/estates/{estate}/records                                          staff, committee
POST /api/estates/{estate}/records/{record}/redactions                      staff, committee
GET  /api/estates/{estate}/records                                          everybody
GET  /estates/{estate}/records/{record}.json                                everybody
GET  /estates/{estate}/records/{record}/files/{number}                      everybody
GET  /estates/{estate}/alarms/{alarm}                                       everybody
GET  /api/estates/{estate}/inquiries                                        everybody
GET  /estates/{estate}/inquiries/{inquiry}.json                             everybody
POST /api/estates/{estate}/inquiries/{inquiry}/answer                       staff, committee
GET  /estates/{estate}/inquiries                                            everybody
GET  /estates/{estate}/agenda                                               everybody
GET  /estates/{estate}/inquiries/new                                        everybody
POST /estates/{estate}/inquiries/new                                        everybody
GET  /estates/{estate}/inquiries/{inquiry}                                  everybody
POST /estates/{estate}/inquiries/{inquiry}/answer                           staff, committee
POST /estates/{estate}/inquiries/{inquiry}/table                            staff, committee
GET  /estates/{estate}/inquiries/{inquiry}/hide                             staff, committee
POST /estates/{estate}/inquiries/{inquiry}/hide                             staff, committee
POST /estates/{estate}/inquiries/{inquiry}/release                          staff, committee
GET  /estates/{estate}/inquiries/{inquiry}/asker                            staff
GET  /api/estates/{estate}/interests                                        everybody
POST /api/estates/{estate}/interests                                        staff, committee
POST /api/estates/{estate}/interests/{hit}/explanation                      staff, committee
GET  /estates/{estate}/interests/{hit}.json                                 everybody
GET  /estates/{estate}/interests                                            everybody
GET  /estates/{estate}/interests/new                                        staff, committee
POST /estates/{estate}/interests/new                                        staff, committee
POST /estates/{estate}/interests/{hit}/explain                              staff, committee
POST /estates/{estate}/interests/{hit}/compare                              staff
GET  /estates/{estate}/records                                              everybody
GET  /estates/{estate}/records/new                                          staff, committee
POST /estates/{estate}/records/new                                          staff, committee
GET  /estates/{estate}/records/{record}                                     everybody
GET  /estates/{estate}/records/{record}/correct                             staff, committee
POST /estates/{estate}/records/{record}/correct                             staff, committee
GET  /estates/{estate}/records/{record}/redact                              staff, committee
POST /estates/{estate}/records/{record}/redact                              staff, committee
POST /api/estates/{estate}/petition-card                                    staff
GET  /api/estates/{estate}/petitions                                        everybody
GET  /estates/{estate}/petitions/{petition}.json                            everybody
POST /api/estates/{estate}/petitions                                        everybody
POST /api/estates/{estate}/petitions/{petition}/words                       everybody
GET  /api/estates/{estate}/petitions/{petition}/signers                     staff
GET  /api/estates/{estate}/petitions/{petition}/photos/{number}             staff
POST /api/estates/{estate}/petitions/{petition}/check                       staff
GET  /estates/{estate}/petitions                                            everybody
GET  /estates/{estate}/petitions/new                                        everybody
GET  /estates/{estate}/petitions/{petition}                                 everybody
GET  /estates/{estate}/petitions/{petition}/sign                            everybody
POST /estates/{estate}/petitions/{petition}/reply                           staff, committee
POST /estates/{estate}/petitions/{petition}/answer                          staff, committee
GET  /estates/{estate}/month/{month}.txt                                    everybody
GET  /estates/{estate}/changes                                              everybody
GET  /estates/{estate}/search                                               everybody
GET  /estates/{estate}/month/{month}                                        everybody
GET  /cases                                                                 everybody
GET  /estates/{estate}/cases                                                everybody
POST /estates/{estate}/cases                                                staff, committee
GET  /estates/{estate}/cases/{case}                                         everybody
POST /estates/{estate}/cases/{case}/happenings                              staff, committee
POST /estates/{estate}/cases/{case}/happenings/{happening}/take-back        staff
POST /estates/{estate}/cases/{case}/elections                               staff
GET  /duties                                                                everybody
GET  /estates/{estate}/duties                                               everybody
GET  /estates/{estate}/duties/happenings                                    staff, committee
POST /estates/{estate}/duties/happenings                                    staff, committee
POST /estates/{estate}/duties/happenings/{happening}/withdraw               staff
GET  /estates/{estate}/duties/reminders                                     staff, committee
POST /estates/{estate}/duties/reminders                                     staff, committee
POST /estates/{estate}/duties/reminders/{phone}/remove                      staff, committee
POST /estates/{estate}/duties/keeping                                       staff
GET  /estates/{estate}/duties/{duty}                                        everybody
POST /estates/{estate}/duties/{duty}                                        staff, committee
GET  /estates/{estate}/book                                                 everybody
GET  /estates/{estate}/book.beancount                                       everybody
GET  /estates/{estate}/book/entries                                         everybody
GET  /estates/{estate}/book/entries/{posting}                               everybody
GET  /estates/{estate}/book/notice                                          everybody
GET  /estates/{estate}/book/notice.pdf                                      everybody
GET  /estates/{estate}/book/notice.xlsx                                     everybody
GET  /estates/{estate}/book/entries/{posting}/checked                       everybody
POST /estates/{estate}/book/entries/{posting}/checked                       everybody
GET  /estates/{estate}/book/new                                             staff, committee
POST /estates/{estate}/book/new                                             staff, committee
GET  /estates/{estate}/book/entries/{posting}/take-back                     staff, committee
POST /estates/{estate}/book/entries/{posting}/take-back                     staff, committee
GET  /estates/{estate}/book/entries/{posting}/hide                          staff, committee
POST /estates/{estate}/book/entries/{posting}/hide                          staff, committee
GET  /estates/{estate}/book/bank                                            staff, committee
POST /estates/{estate}/book/bank                                            staff, committee
POST /estates/{estate}/book/bank/file                                       staff, committee
GET  /api/estates/{estate}/book                                             everybody
POST /api/estates/{estate}/book/postings                                    staff, committee
POST /api/estates/{estate}/book/postings/{posting}/reversal                 staff, committee
POST /api/estates/{estate}/book/postings/{posting}/redaction                staff, committee
GET  /estates/{estate}                                                      everybody
"""
