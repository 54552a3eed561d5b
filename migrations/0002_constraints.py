"""What the models cannot say: CHECKs, unique counties, indexes behind foreign keys, tables that only grow,
and rows that stay as they are once sealed or frozen.
"""

from tortoise import migrations

from ._operations import add_checks, add_indexes, add_refuse_change, fixed, only_grow, refuse

CHECKS = (
    ("division", "division_kind", "kind IN ('county', 'sub-district', 'community')"),
    ("division", "division_parent", "(kind = 'county') = (parent_id IS NULL)"),
    ("roll", "roll_state", "state IN ('draft', 'frozen')"),
    ("roll", "roll_frozen", "(state = 'frozen') = (root IS NOT NULL AND frozen_at IS NOT NULL)"),
    ("roll", "roll_counts", "heads >= 0 AND area_dm2 >= 0"),
    ("roll_objection", "roll_objection_state", "state IN ('open', 'answered')"),
    ("roll_objection", "roll_objection_answered", "(state = 'answered') = (answer IS NOT NULL)"),
    ("entitlement", "entitlement_area", "area_dm2 > 0 AND number > 0"),
    ("entitlement_unit", "entitlement_unit_area", "area_dm2 > 0"),
    ("entitlement_unit", "entitlement_unit_source", "area_source IN ('register', 'survey', 'contract')"),
    (
        "role_key",
        "role_key_role",
        "role IN ('registrar', 'trustee', 'phones', 'desk', 'organiser', 'community', 'sub_district') AND slot > 0",
    ),
    (
        "election",
        "election_state",
        (
            "state IN ('draft', 'sealed', 'noticed', 'open', 'closed', 'checked', 'tallied', 'preliminary', 'certified',"
            " 'annulled')"
        ),
    ),
    ("election", "election_times", "opens_at < closes_at AND (extended_to IS NULL OR closes_at < extended_to)"),
    (
        "election",
        "election_sealed",
        (
            "(state = 'draft' OR state = 'annulled') OR (manifest IS NOT NULL AND election_json IS NOT NULL"
            " AND trustees_json IS NOT NULL AND credentials_json IS NOT NULL AND fingerprint IS NOT NULL)"
        ),
    ),
    ("board_message", "board_message_trustee", "trustee > 0"),
    ("credential", "credential_weight", "weight > 0"),
    ("ballot", "ballot_sequence", "sequence > 0 AND (sequence = 1) = (supersedes_id IS NULL)"),
    ("ballot_position", "ballot_position_from_zero", "position >= 0"),
    ("encrypted_tally", "encrypted_tally_counts", "num_tallied >= 0 AND total_weight >= 0"),
    ("share", "share_trustee", "trustee > 0"),
    ("election_office", "election_office_office", "office IN ('organiser', 'community', 'sub_district')"),
    ("lawful_change", "lawful_change_kind", "kind IN ('extension', 'withdrawal', 'correction')"),
    (
        "credential",
        "credential_parts",
        (
            "(letter_public IS NULL) = (platform_part IS NULL) AND (letter_public IS NULL) = (letter_proof IS NULL)"
            " AND (letter_public IS NULL) = (platform_public IS NULL) AND (letter_public IS NULL) = (platform_proof IS NULL)"
        ),
    ),
    ("one_time_code", "one_time_code_tries", "tries >= 0 AND issued_at < expires_at"),
    ("phone", "phone_state", "state IN ('proposed', 'active', 'replaced', 'refused')"),
    ("phone", "phone_confirmed", "(confirmed_at IS NULL) = (confirmed_how IS NULL)"),
    # Whoever proposes a change cannot be who decides it.
    ("phone", "phone_two_people", "proposed_by IS NULL OR decided_by IS NULL OR proposed_by <> decided_by"),
    (
        "phone",
        "phone_decided",
        (
            "(decided_at IS NULL) = (decided_by IS NULL) AND (decided_by IS NULL OR proposed_by IS NOT NULL)"
            " AND (state <> 'proposed' OR (proposed_by IS NOT NULL AND decided_by IS NULL))"
        ),
    ),
    ("message", "message_state", "state IN ('waiting', 'sent', 'failed', 'no-phone') AND tries >= 0"),
    (
        "message",
        "message_sent",
        "(state = 'sent') = (sent_at IS NOT NULL) AND (state <> 'waiting' OR body IS NOT NULL)",
    ),
    ("ballot_pool", "ballot_pool_counts", "number > 0 AND ballots > 0"),
    ("set_aside", "set_aside_kind", "kind IN ('impersonation', 'double', 'proxy', 'roll')"),
    ("dispute", "dispute_kind", "kind IN ('impersonation', 'double', 'proxy', 'roll')"),
    ("dispute", "dispute_outcome", "outcome IS NULL OR outcome IN ('set-aside', 'kept', 'contested')"),
    ("dispute", "dispute_settled", "(outcome IS NULL) = (settled_at IS NULL) AND (outcome IS NULL) = (answer IS NULL)"),
    ("objection", "objection_outcome", "outcome IS NULL OR outcome IN ('upheld', 'answered', 'reserved', 'merged')"),
    (
        "objection",
        "objection_answered",
        "(outcome IS NULL) = (answered_at IS NULL) AND (merged_into_id IS NOT NULL) = (outcome IS NOT NULL AND outcome = 'merged')",
    ),
    ("certificate", "certificate_kind", "kind IN ('certificate', 'correction', 'revocation') AND number > 0"),
    ("certificate", "certificate_issued", "issued_at IS NULL OR pdf IS NOT NULL"),
    ("certificate_signature", "certificate_signature_office", "office IN ('organiser', 'community', 'sub_district')"),
    ("opening_request", "opening_request_reason", "reason IN ('owner-request', 'objection', 'lawful-demand')"),
)

APPEND_ONLY = (
    "log_pending_entry", "board_message", "credential", "ballot", "ballot_position", "encrypted_tally", "share", "result",
    "lawful_change", "agreement", "ballot_pool", "set_aside", "election_check", "certificate_signature", "opening_request",
    "retention_step",
)  # fmt: skip

FIXED = (
    (
        "election",
        "OLD.state <> 'draft'",
        ("estate_id", "roll_id", "draft", "opens_at", "closes_at", "manifest", "election_json", "trustees_json",
         "credentials_json", "parts_json", "fingerprint", "sealed_at"),
    ),
    ("dispute", "OLD.outcome IS NOT NULL", ("election_id", "raised_by_id", "about_id", "kind", "outcome", "answer", "settled_at")),
    (
        "objection",
        "OLD.outcome IS NOT NULL",
        ("election_id", "raised_by_id", "topic", "question", "merged_into_id", "outcome", "answer", "contested", "answered_at"),
    ),
    ("certificate", "OLD.issued_at IS NOT NULL", ("election_id", "number", "kind", "body", "pdf", "issued_at")),
    ("election_office", "(SELECT state FROM election WHERE election.uuid = OLD.election_id) <> 'draft'", ("election_id", "office", "document")),
    ("roll", "OLD.state = 'frozen'", ("estate_id", "state", "source_sha256", "heads", "area_dm2", "root", "frozen_at")),
    (
        "entitlement",
        "(SELECT state FROM roll WHERE roll.id = OLD.roll_id) = 'frozen'",
        ("roll_id", "number", "developer", "area_dm2", "masked_owner", "sealed", "sealed_salt", "leaf"),
    ),
)  # fmt: skip
"""Table, from when on, and the columns that then stay as they are; the row stays too."""

UNIQUE = (
    ("division_county", "division (name) WHERE parent_id IS NULL"),
    ("phone_one_active", "phone (entitlement_id) WHERE state = 'active'"),
    ("letter_number_one", "letter_number (credential_id) WHERE revoked_at IS NULL"),
)
INDEXES = (
    ("entitlement_unit_entitlement", "entitlement_unit (entitlement_id)"),
    ("roll_finding_roll", "roll_finding (roll_id)"),
    ("log_pending_entry_estate", "log_pending_entry (estate_id)"),
    ("ballot_intake_election", "ballot_intake (election_id)"),
    ("letter_number_credential", "letter_number (credential_id)"),
    ("one_time_code_letter", "one_time_code (letter_id)"),
    ("one_time_code_phone", "one_time_code (phone_id)"),
    ("phone_entitlement", "phone (entitlement_id)"),
    ("phone_digest", "phone (digest)"),
    ("message_state_due", "message (state, due_at)"),
    ("message_election", "message (election_id)"),
    ("set_aside_election", "set_aside (election_id)"),
    ("lawful_change_election", "lawful_change (election_id)"),
    ("dispute_election", "dispute (election_id)"),
    ("objection_election", "objection (election_id)"),
    ("opening_request_election", "opening_request (election_id)"),
)


class Migration(migrations.Migration):
    dependencies = [("vote", "0001_initial")]

    operations = [
        add_checks(*CHECKS),
        add_indexes(*INDEXES),
        add_indexes(*UNIQUE, unique=True),
        add_refuse_change(),
        only_grow(*APPEND_ONLY),
        refuse(*(each for row in FIXED for each in fixed(*row, as_text=True))),
    ]
