"""Builds every service once, from settings and an executor; nothing else is global."""

import secrets
from concurrent.futures import Executor
from dataclasses import dataclass

from crypto.envelope import derive_key
from crypto.signature import SigningKey, encode_public_key
from vote.account.allowance_store import AllowanceStore
from vote.account.allowances import AllowanceService
from vote.account.event_store import EventStore
from vote.account.events import EventService
from vote.account.invitation_store import InvitationStore
from vote.account.invitations import InvitationService
from vote.account.key_store import KeyStore
from vote.account.passkeys import PasskeyService
from vote.account.people import PeopleService
from vote.account.person_store import PersonStore
from vote.account.provider import ProviderService, client_of
from vote.account.recoveries import RecoveryService
from vote.account.replacement_store import ReplacementStore
from vote.account.replacing import ReplacingService
from vote.account.service import AccountService
from vote.account.session_store import SessionStore
from vote.account.sessions import SessionService
from vote.account.site import find_site
from vote.account.store import AccountStore
from vote.ballot.announcement import AnnouncementService
from vote.ballot.checking import BallotChecker
from vote.ballot.service import BallotService
from vote.ballot.store import BallotStore
from vote.certificate.composing import Composer
from vote.certificate.keeping import OpeningService, RetentionService
from vote.certificate.objecting import ObjectionService
from vote.certificate.owners import OwnerDesk
from vote.certificate.service import CertificateService
from vote.certificate.store import CertificateStore
from vote.check.service import CheckService
from vote.check.store import CheckStore
from vote.config import Settings
from vote.credential.consent import ConsentService
from vote.credential.desk_check import DeskCheckService
from vote.credential.desk_check_store import DeskCheckStore
from vote.credential.letter_store import LetterStore
from vote.credential.recognising import RecognitionService
from vote.credential.reissue import ReissueService
from vote.credential.sealed_copy import SealedCopyService, SealedCopyStore
from vote.credential.second_factor import SecondFactorService
from vote.credential.service import CredentialService
from vote.credential.store import CredentialStore
from vote.db import find_file
from vote.delivery.printing import PrintingService
from vote.delivery.service import DeliveryService
from vote.delivery.store import DeliveryStore
from vote.election.outline_store import OutlineStore
from vote.election.outlining import OutlineService
from vote.election.paper_service import PaperService
from vote.election.rehearsing import RehearsalService
from vote.election.service import ElectionService
from vote.election.store import ElectionStore
from vote.estate.service import EstateService
from vote.estate.store import EstateStore
from vote.formation.service import FormationService
from vote.formation.store import CaseStore
from vote.jobs.service import WorkerService
from vote.jobs.store import JobStore
from vote.log.published_store import PublishedStore
from vote.log.reading import LogReader
from vote.log.store import LogStore
from vote.log.tree_store import TreeStore
from vote.log.watching import Watching
from vote.log.witness_store import WitnessStore
from vote.message.choice import is_rehearsal, open_carrier
from vote.message.service import MessageService
from vote.message.store import MessageStore
from vote.operation.health import Health
from vote.operation.lamp import LampService
from vote.operation.log_places import open_exporter, open_stamper
from vote.operation.logs import Logs, open_logs
from vote.operation.service import CopyService
from vote.operation.store import OperationStore
from vote.operation.watch_lamp import WatchLamp
from vote.oversight.book.bank_store import BankStore
from vote.oversight.book.importing import ImportService
from vote.oversight.book.service import BookService
from vote.oversight.book.store import BookStore
from vote.oversight.duty.phones import DutyPhones
from vote.oversight.duty.service import DutyService
from vote.oversight.duty.store import DutyStore
from vote.oversight.duty.telling import DutyTeller, OverdueRounds
from vote.oversight.inquiry.service import InquiryService
from vote.oversight.inquiry.store import InquiryStore
from vote.oversight.interest.service import InterestRounds, InterestService
from vote.oversight.interest.store import InterestStore
from vote.oversight.petition.rounds import PetitionRounds
from vote.oversight.petition.service import PetitionService
from vote.oversight.petition.signing import SigningService
from vote.oversight.petition.store import PetitionStore
from vote.oversight.record.service import RecordService
from vote.oversight.record.store import RecordStore
from vote.oversight.summary.service import SummaryService
from vote.phone.service import PhoneService
from vote.phone.store import PhoneStore
from vote.phone.telling import OwnerTeller
from vote.roll.draft_store import DraftStore
from vote.roll.drafting import DraftService
from vote.roll.service import RollService
from vote.roll.store import RollStore
from vote.tally.service import TallyService
from vote.tally.store import TallyStore
from vote.trustee.service import TrusteeService
from vote.trustee.store import TrusteeStore


@dataclass(frozen=True, slots=True)
class Services:
    """All services of the application."""

    authority: AccountService
    replacing: ReplacingService
    accounts: PeopleService
    sessions: SessionService
    events: EventService
    allowances: AllowanceService
    passkeys: PasskeyService
    recoveries: RecoveryService
    provider: ProviderService
    invitations: InvitationService
    estates: EstateService
    rolls: RollService
    drafts: DraftService
    elections: ElectionService
    outlines: OutlineService
    rehearsals: RehearsalService
    deliveries: DeliveryService
    printing: PrintingService
    messages: MessageService
    phones: PhoneService
    trustees: TrusteeService
    credentials: CredentialService
    second_factors: SecondFactorService
    desk_checks: DeskCheckService
    consents: ConsentService
    reissues: ReissueService
    sealed_copies: SealedCopyService
    ballots: BallotService
    tallies: TallyService
    checks: CheckService
    objections: ObjectionService
    certificates: CertificateService
    openings: OpeningService
    retention: RetentionService
    owners: OwnerDesk
    copies: CopyService
    health: Health
    lamp: LampService
    worker: WorkerService
    log_reader: LogReader
    logs: Logs
    watching: Watching
    watch_lamp: WatchLamp
    records: RecordService
    duties: DutyService
    formations: FormationService
    duty_phones: DutyPhones
    duty_teller: DutyTeller
    books: BookService
    imports: ImportService
    recognition: RecognitionService
    inquiries: InquiryService
    interests: InterestService
    petitions: PetitionService
    signing: SigningService
    summaries: SummaryService


def build_services(settings: Settings, executor: Executor) -> Services:
    """Wire the services.

    Raises:
        RefusedError: a key file is missing, or messages cannot go out as the settings say.
    """
    rng = secrets.token_bytes
    data_key = settings.data_key().get_secret_value()
    signing_key = SigningKey(settings.signing_key().get_secret_value())
    estates, rolls, elections, log = EstateStore(), RollStore(), ElectionStore(), LogStore()
    ballots, tallies = BallotStore(), TallyStore()
    accounts = AccountService(AccountStore(), settings.staff_token(), rng, derive_key(data_key, "duty"))
    persons, events, name_key = PersonStore(), EventService(EventStore()), derive_key(data_key, "account")
    people, opening = PeopleService(persons, events, rng, name_key), KeyStore()
    trustees = TrusteeService(TrusteeStore(), elections)
    carrier = open_carrier(
        settings.messages,
        rehearsal=is_rehearsal(settings.public_url, demo=settings.demo),
        key_file=settings.messages_key_file,
        approved_file=settings.messages_approved_file,
    )
    messages = MessageService(MessageStore(), carrier, derive_key(data_key, "message"), rng)
    phones = PhoneService(
        store=PhoneStore(),
        elections=elections,
        rolls=rolls,
        estates=estates,
        log=log,
        messages=messages,
        key=derive_key(data_key, "phone"),
        digest_key=derive_key(data_key, "phone-digest"),
        rng=rng,
    )
    roll_service = RollService(rolls, estates, log, phones, derive_key(data_key, "roll"), rng)
    public_keys, letters = CredentialStore(), LetterStore()
    part_key, letter_key = derive_key(data_key, "platform-part"), derive_key(data_key, "letter-number")
    credentials = CredentialService(
        store=public_keys,
        letters=letters,
        elections=elections,
        rolls=rolls,
        executor=executor,
        key=part_key,
        letter_key=letter_key,
        rng=rng,
    )
    teller = OwnerTeller(phones, rolls, estates, messages)
    election_service = ElectionService(
        store=elections,
        estates=estates,
        rolls=rolls,
        log=log,
        accounts=accounts,
        key_holders=trustees,
        registrar=credentials,
        box=ballots,
        papers=PaperService(OutlineStore(), derive_key(data_key, "paper")),
        rng=rng,
        key=derive_key(data_key, "electorate"),
        promise_key=encode_public_key(signing_key.public),
        demo=settings.demo,
        teller=teller,
    )
    ballot_service = BallotService(
        store=ballots,
        elections=elections,
        log=log,
        checker=BallotChecker(executor),
        signing_key=signing_key,
        origin=settings.public_url,
        rng=rng,
    )
    operation, file = OperationStore(), find_file(settings.db)
    copies = CopyService(operation, elections, log)
    exporter = open_exporter(settings)
    logs = open_logs(settings, exporter)
    if exporter:
        exporter.doubters.append(logs.gate.look_again)
    tally_service = TallyService(tallies, ballots, elections, log, executor, logs.watching)
    kept, checks = CertificateStore(), CheckStore()
    owners = OwnerDesk(elections, estates, phones, letters, messages)
    objections = ObjectionService(kept, elections, tallies, rolls, log, derive_key(data_key, "objection"), rng, teller)
    composer = Composer(
        store=kept,
        elections=elections,
        checks=checks,
        tallies=tallies,
        tally=tally_service,
        objections=objections,
        records=owners,
        origin=settings.public_url,
    )
    certificates = CertificateService(kept, elections, composer, log, executor, logs.watching)
    formations = FormationService(CaseStore(), estates, elections, tally_service, log, events, rng)
    duties = DutyService(DutyStore(), estates, events, rng)
    duty_phones = DutyPhones(DutyStore(), estates, events, derive_key(data_key, "duty-phone"), rng)
    duty_teller = DutyTeller(DutyStore(), duties, estates, duty_phones, messages, log)
    books = BookService(BookStore(), estates, rolls, log, events, rng, derive_key(data_key, "book"))
    petitions = PetitionService(
        store=PetitionStore(),
        estates=estates,
        records=RecordStore(),
        duties=DutyStore(),
        log=log,
        events=events,
        key=derive_key(data_key, "petition-signer"),
        rng=rng,
    )
    records = RecordService(RecordStore(), estates, log, events, rng)
    inquiries = InquiryService(
        InquiryStore(derive_key(data_key, "inquiry"), rng),
        RecordStore(),
        estates,
        rolls,
        log,
        events,
        rng,
        derive_key(data_key, "inquiry-home"),
    )
    interests = InterestService(InterestStore(derive_key(data_key, "interest"), rng), estates, log, events, rng)
    return Services(
        authority=accounts,
        replacing=ReplacingService(ReplacementStore(), accounts, events),
        accounts=people,
        sessions=SessionService(SessionStore(), persons, rng, name_key),
        events=events,
        allowances=AllowanceService(AllowanceStore(), derive_key(data_key, "allowance")),
        passkeys=PasskeyService(opening, persons, events, find_site(settings.public_url), rng),
        recoveries=RecoveryService(opening, persons, events, rng),
        provider=ProviderService(opening, persons, client_of(settings), rng),
        invitations=InvitationService(InvitationStore(), people, events, rng, name_key),
        estates=EstateService(estates),
        rolls=roll_service,
        drafts=DraftService(roll_service, DraftStore(), phones, derive_key(data_key, "roll-sheet"), rng),
        elections=election_service,
        rehearsals=RehearsalService(EstateService(estates), roll_service, election_service, OutlineStore()),
        outlines=OutlineService(OutlineStore(), rolls, election_service),
        deliveries=DeliveryService(DeliveryStore(), election_service, estates, phones, messages),
        printing=PrintingService(events, elections, public_keys, letters, DeliveryStore()),
        messages=messages,
        phones=phones,
        trustees=trustees,
        credentials=credentials,
        second_factors=SecondFactorService(
            letters=letters,
            elections=elections,
            rolls=rolls,
            phones=phones,
            messages=messages,
            key=part_key,
            letter_key=letter_key,
            code_key=derive_key(data_key, "one-time-code"),
            pass_key=derive_key(data_key, "owner-pass"),
            rng=rng,
        ),
        desk_checks=DeskCheckService(
            store=DeskCheckStore(),
            letters=letters,
            elections=elections,
            rolls=rolls,
            events=events,
            letter_key=letter_key,
            code_key=derive_key(data_key, "one-time-code"),
            rng=rng,
        ),
        consents=ConsentService(public_keys, letters, elections),
        reissues=ReissueService(letters, elections, estates, phones, messages, log, letter_key),
        sealed_copies=SealedCopyService(SealedCopyStore(), elections, public_keys),
        ballots=ballot_service,
        tallies=tally_service,
        checks=CheckService(
            checks, ballots, elections, rolls, log, executor, derive_key(data_key, "dispute"), rng, teller
        ),
        objections=objections,
        certificates=certificates,
        openings=OpeningService(kept, elections, log, owners, signing_key),
        retention=RetentionService(kept, elections, log),
        owners=owners,
        copies=copies,
        lamp=LampService(),
        records=records,
        duties=duties,
        formations=formations,
        duty_phones=duty_phones,
        duty_teller=duty_teller,
        books=books,
        imports=ImportService(BankStore(), books, estates, events, rng, derive_key(data_key, "bank-line")),
        recognition=RecognitionService(
            letters, elections, phones, messages, letter_key, derive_key(data_key, "one-time-code"), rng
        ),
        interests=interests,
        inquiries=inquiries,
        summaries=SummaryService(records, books, duties, inquiries, petitions),
        petitions=petitions,
        signing=SigningService(petitions, elections, public_keys, letters, rolls),
        health=Health(operation, copies, file.parent if file else None),
        worker=WorkerService(
            store=JobStore(),
            elections=election_service,
            ballots=ballot_service,
            tallies=tally_service,
            rows=elections,
            copies=copies,
            announcements=AnnouncementService(ballots, elections, estates, phones, messages),
            messages=messages,
            interests=InterestRounds(interests),
            overdue=OverdueRounds(duty_teller),
            petitions=PetitionRounds(PetitionStore(), log),
            sequencer=logs.sequencer,
            publisher=logs.publisher,
            watching=logs.watching,
            exporter=exporter,
            stamper=open_stamper(settings, logs.client),
            certificates=certificates,
        ),
        log_reader=LogReader(logs.rows, PublishedStore(), TreeStore(), WitnessStore()),
        logs=logs,
        watching=logs.watching,
        watch_lamp=WatchLamp(logs.watching, estates),
    )
