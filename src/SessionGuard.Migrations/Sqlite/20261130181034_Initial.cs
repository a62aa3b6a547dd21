using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SessionGuard.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "accounts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    role = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    display_name = table.Column<byte[]>(type: "BLOB", nullable: false),
                    email = table.Column<byte[]>(type: "BLOB", nullable: true),
                    email_index = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true),
                    phone_number = table.Column<byte[]>(type: "BLOB", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    closed_at = table.Column<long>(type: "INTEGER", nullable: true),
                    user_name = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    normalized_user_name = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    email_confirmed = table.Column<bool>(type: "INTEGER", nullable: false),
                    password_hash = table.Column<string>(type: "TEXT", nullable: true),
                    security_stamp = table.Column<string>(type: "TEXT", nullable: true),
                    concurrency_stamp = table.Column<string>(type: "TEXT", nullable: true),
                    phone_number_confirmed = table.Column<bool>(type: "INTEGER", nullable: false),
                    two_factor_enabled = table.Column<bool>(type: "INTEGER", nullable: false),
                    lockout_end = table.Column<long>(type: "INTEGER", nullable: true),
                    lockout_enabled = table.Column<bool>(type: "INTEGER", nullable: false),
                    access_failed_count = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_accounts", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "attestations",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    session_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    child_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    fact = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    attested_by = table.Column<Guid>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_attestations", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "class_series",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<byte[]>(type: "BLOB", nullable: true),
                    origin = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    reference = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    join_code_hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    join_code_version = table.Column<int>(type: "INTEGER", nullable: false),
                    presence_mode = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    gate = table.Column<bool>(type: "INTEGER", nullable: false),
                    planned_size = table.Column<int>(type: "INTEGER", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_class_series", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "data_protection_keys",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    friendly_name = table.Column<string>(type: "TEXT", nullable: true),
                    xml = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_data_protection_keys", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "host_budgets",
                columns: table => new
                {
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    host_zoom_id = table.Column<string>(type: "TEXT", nullable: false),
                    day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    used = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_host_budgets", x => new { x.organisation_id, x.host_zoom_id, x.day });
                });

            migrationBuilder.CreateTable(
                name: "hosts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    zoom_id = table.Column<string>(type: "TEXT", nullable: false),
                    email = table.Column<byte[]>(type: "BLOB", nullable: true),
                    name = table.Column<byte[]>(type: "BLOB", nullable: true),
                    account_id = table.Column<Guid>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_hosts", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "inbox_messages",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    delivery_key = table.Column<byte[]>(type: "BLOB", nullable: false),
                    @event = table.Column<string>(name: "event", type: "TEXT", nullable: false),
                    body = table.Column<byte[]>(type: "BLOB", nullable: false),
                    received_at = table.Column<long>(type: "INTEGER", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    reason = table.Column<string>(type: "TEXT", nullable: true),
                    tries = table.Column<int>(type: "INTEGER", nullable: false),
                    leased_until = table.Column<long>(type: "INTEGER", nullable: true),
                    applied_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_inbox_messages", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "job_states",
                columns: table => new
                {
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    started_at = table.Column<long>(type: "INTEGER", nullable: true),
                    ended_at = table.Column<long>(type: "INTEGER", nullable: true),
                    error = table.Column<string>(type: "TEXT", nullable: true),
                    failures_in_a_row = table.Column<int>(type: "INTEGER", nullable: false),
                    node = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_job_states", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "ledger_entries",
                columns: table => new
                {
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    actor = table.Column<string>(type: "TEXT", nullable: false),
                    action = table.Column<string>(type: "TEXT", nullable: false),
                    subject = table.Column<string>(type: "TEXT", nullable: false),
                    data = table.Column<string>(type: "TEXT", nullable: false),
                    previous_hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    hash = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ledger_entries", x => new { x.organisation_id, x.sequence });
                });

            migrationBuilder.CreateTable(
                name: "ledger_heads",
                columns: table => new
                {
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    hash = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ledger_heads", x => x.organisation_id);
                });

            migrationBuilder.CreateTable(
                name: "nodes",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    version = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    takes_deliveries = table.Column<bool>(type: "INTEGER", nullable: false),
                    runs_jobs = table.Column<bool>(type: "INTEGER", nullable: false),
                    started_at = table.Column<long>(type: "INTEGER", nullable: false),
                    seen_at = table.Column<long>(type: "INTEGER", nullable: false),
                    passes = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_nodes", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "organisations",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    slug = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    time_zone = table.Column<string>(type: "TEXT", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    digest_due_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_organisations", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "outbox_messages",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    purpose = table.Column<string>(type: "TEXT", nullable: false),
                    once_key = table.Column<string>(type: "TEXT", nullable: true),
                    to = table.Column<byte[]>(type: "BLOB", nullable: false),
                    subject = table.Column<byte[]>(type: "BLOB", nullable: false),
                    text = table.Column<string>(type: "TEXT", nullable: true),
                    html = table.Column<string>(type: "TEXT", nullable: true),
                    calendar = table.Column<string>(type: "TEXT", nullable: true),
                    stop_address = table.Column<string>(type: "TEXT", nullable: true),
                    message_id = table.Column<string>(type: "TEXT", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    due_at = table.Column<long>(type: "INTEGER", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    tries = table.Column<int>(type: "INTEGER", nullable: false),
                    leased_until = table.Column<long>(type: "INTEGER", nullable: true),
                    sent_at = table.Column<long>(type: "INTEGER", nullable: true),
                    last_error = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outbox_messages", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "participant_events",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    instance_uuid = table.Column<string>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    source = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    connection_id = table.Column<string>(type: "TEXT", nullable: false),
                    parent_connection_id = table.Column<string>(type: "TEXT", nullable: true),
                    room_id = table.Column<string>(type: "TEXT", nullable: true),
                    participant_uuid = table.Column<string>(type: "TEXT", nullable: true),
                    registrant_id = table.Column<string>(type: "TEXT", nullable: true),
                    zoom_user_id = table.Column<string>(type: "TEXT", nullable: true),
                    name = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_participant_events", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "people",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    name = table.Column<byte[]>(type: "BLOB", nullable: false),
                    screen_name = table.Column<byte[]>(type: "BLOB", nullable: true),
                    born_on = table.Column<byte[]>(type: "BLOB", nullable: true),
                    email = table.Column<byte[]>(type: "BLOB", nullable: true),
                    disowned_email = table.Column<byte[]>(type: "BLOB", nullable: true),
                    phone = table.Column<byte[]>(type: "BLOB", nullable: true),
                    email_index = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true),
                    reference = table.Column<byte[]>(type: "BLOB", nullable: true),
                    reference_index = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true),
                    reminders_stopped_at = table.Column<long>(type: "INTEGER", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    left_at = table.Column<long>(type: "INTEGER", nullable: true),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_people", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "remembered_matches",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    series_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    screen_key = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    seat_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    kind = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    decided_by = table.Column<Guid>(type: "TEXT", nullable: false),
                    decided_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_remembered_matches", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "restorations",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    restored_at = table.Column<long>(type: "INTEGER", nullable: false),
                    confirmed_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_restorations", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "role_holders",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    duty = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    name = table.Column<byte[]>(type: "BLOB", nullable: false),
                    email = table.Column<byte[]>(type: "BLOB", nullable: false),
                    phone = table.Column<byte[]>(type: "BLOB", nullable: true),
                    from = table.Column<long>(type: "INTEGER", nullable: false),
                    to = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_role_holders", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "account_claims",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    user_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    claim_type = table.Column<string>(type: "TEXT", nullable: true),
                    claim_value = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_account_claims", x => x.id);
                    table.ForeignKey(
                        name: "fk_account_claims_accounts_user_id",
                        column: x => x.user_id,
                        principalTable: "accounts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "account_logins",
                columns: table => new
                {
                    login_provider = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    provider_key = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    provider_display_name = table.Column<string>(type: "TEXT", nullable: true),
                    user_id = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_account_logins", x => new { x.login_provider, x.provider_key });
                    table.ForeignKey(
                        name: "fk_account_logins_accounts_user_id",
                        column: x => x.user_id,
                        principalTable: "accounts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "account_passkeys",
                columns: table => new
                {
                    credential_id = table.Column<byte[]>(type: "BLOB", maxLength: 1024, nullable: false),
                    user_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    data = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_account_passkeys", x => x.credential_id);
                    table.ForeignKey(
                        name: "fk_account_passkeys_accounts_user_id",
                        column: x => x.user_id,
                        principalTable: "accounts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "account_tokens",
                columns: table => new
                {
                    user_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    login_provider = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    value = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_account_tokens", x => new { x.user_id, x.login_provider, x.name });
                    table.ForeignKey(
                        name: "fk_account_tokens_accounts_user_id",
                        column: x => x.user_id,
                        principalTable: "accounts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "sign_in_links",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    account_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    code_hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    expires_at = table.Column<long>(type: "INTEGER", nullable: false),
                    used_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sign_in_links", x => x.id);
                    table.ForeignKey(
                        name: "fk_sign_in_links_accounts_account_id",
                        column: x => x.account_id,
                        principalTable: "accounts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "meetings",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    zoom_meeting_id = table.Column<long>(type: "INTEGER", nullable: false),
                    series_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    host_zoom_id = table.Column<string>(type: "TEXT", nullable: false),
                    topic = table.Column<byte[]>(type: "BLOB", nullable: false),
                    type = table.Column<int>(type: "INTEGER", nullable: false),
                    minutes = table.Column<int>(type: "INTEGER", nullable: true),
                    schedule_source = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    schedule_as_of = table.Column<long>(type: "INTEGER", nullable: false),
                    gone_as_of = table.Column<long>(type: "INTEGER", nullable: true),
                    there_as_of = table.Column<long>(type: "INTEGER", nullable: true),
                    next_start = table.Column<long>(type: "INTEGER", nullable: true),
                    check_due_at = table.Column<long>(type: "INTEGER", nullable: true),
                    checked_at = table.Column<long>(type: "INTEGER", nullable: true),
                    passcode_mark = table.Column<string>(type: "TEXT", nullable: true),
                    seats_due_at = table.Column<long>(type: "INTEGER", nullable: true),
                    leased_until = table.Column<long>(type: "INTEGER", nullable: true),
                    failed_checks = table.Column<int>(type: "INTEGER", nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_meetings", x => x.id);
                    table.ForeignKey(
                        name: "fk_meetings_class_series_series_id",
                        column: x => x.series_id,
                        principalTable: "class_series",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "series_teachers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    series_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    account_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    is_main = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_series_teachers", x => x.id);
                    table.ForeignKey(
                        name: "fk_series_teachers_class_series_series_id",
                        column: x => x.series_id,
                        principalTable: "class_series",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "zoom_connections",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    account_id = table.Column<string>(type: "TEXT", nullable: false),
                    client_id = table.Column<string>(type: "TEXT", nullable: false),
                    sealed_client_secret = table.Column<string>(type: "TEXT", nullable: false),
                    sealed_webhook_secret = table.Column<string>(type: "TEXT", nullable: false),
                    sealed_previous_webhook_secret = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_zoom_connections", x => x.id);
                    table.ForeignKey(
                        name: "fk_zoom_connections_organisations_organisation_id",
                        column: x => x.organisation_id,
                        principalTable: "organisations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "carerships",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    carer_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    child_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    is_primary = table.Column<bool>(type: "INTEGER", nullable: false),
                    do_not_contact = table.Column<bool>(type: "INTEGER", nullable: false),
                    not_authorised = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_carerships", x => x.id);
                    table.ForeignKey(
                        name: "fk_carerships_person_carer_id",
                        column: x => x.carer_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_carerships_person_child_id",
                        column: x => x.child_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "seats",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    series_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    person_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    for_child_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    screen_name = table.Column<byte[]>(type: "BLOB", nullable: false),
                    registrant_id = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    link = table.Column<string>(type: "TEXT", nullable: true),
                    phone_pin = table.Column<string>(type: "TEXT", nullable: true),
                    meeting_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    passcode_mark = table.Column<string>(type: "TEXT", nullable: true),
                    generation = table.Column<int>(type: "INTEGER", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    due_at = table.Column<long>(type: "INTEGER", nullable: true),
                    leased_until = table.Column<long>(type: "INTEGER", nullable: true),
                    failures = table.Column<int>(type: "INTEGER", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_seats", x => x.id);
                    table.ForeignKey(
                        name: "fk_seats_class_series_series_id",
                        column: x => x.series_id,
                        principalTable: "class_series",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_seats_person_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "meeting_instances",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    meeting_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    uuid = table.Column<string>(type: "TEXT", nullable: false),
                    started_at = table.Column<long>(type: "INTEGER", nullable: true),
                    ended_at = table.Column<long>(type: "INTEGER", nullable: true),
                    first_heard_at = table.Column<long>(type: "INTEGER", nullable: false),
                    session_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    report = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    report_failures = table.Column<int>(type: "INTEGER", nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_meeting_instances", x => x.id);
                    table.ForeignKey(
                        name: "fk_meeting_instances_meetings_meeting_id",
                        column: x => x.meeting_id,
                        principalTable: "meetings",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "repairs",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    meeting_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    field = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    before = table.Column<string>(type: "TEXT", nullable: false),
                    after = table.Column<string>(type: "TEXT", nullable: false),
                    rule = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    outcome = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    judged_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_repairs", x => x.id);
                    table.ForeignKey(
                        name: "fk_repairs_meetings_meeting_id",
                        column: x => x.meeting_id,
                        principalTable: "meetings",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "sessions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    meeting_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    series_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    occurrence_key = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    topic = table.Column<byte[]>(type: "BLOB", nullable: false),
                    start = table.Column<long>(type: "INTEGER", nullable: false),
                    end = table.Column<long>(type: "INTEGER", nullable: false),
                    planned = table.Column<bool>(type: "INTEGER", nullable: false),
                    called_off = table.Column<bool>(type: "INTEGER", nullable: false),
                    time_version = table.Column<int>(type: "INTEGER", nullable: false),
                    status = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    judge_due_at = table.Column<long>(type: "INTEGER", nullable: true),
                    judge_leased_until = table.Column<long>(type: "INTEGER", nullable: true),
                    backfill_due_at = table.Column<long>(type: "INTEGER", nullable: true),
                    backfill_leased_until = table.Column<long>(type: "INTEGER", nullable: true),
                    asks_due_at = table.Column<long>(type: "INTEGER", nullable: true),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sessions", x => x.id);
                    table.ForeignKey(
                        name: "fk_sessions_meetings_meeting_id",
                        column: x => x.meeting_id,
                        principalTable: "meetings",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "settings_snapshots",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    meeting_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    taken_at = table.Column<long>(type: "INTEGER", nullable: false),
                    settings = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_settings_snapshots", x => x.id);
                    table.ForeignKey(
                        name: "fk_settings_snapshots_meetings_meeting_id",
                        column: x => x.meeting_id,
                        principalTable: "meetings",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "former_registrants",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    seat_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    registrant_id = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    ended_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_former_registrants", x => x.id);
                    table.ForeignKey(
                        name: "fk_former_registrants_seat_seat_id",
                        column: x => x.seat_id,
                        principalTable: "seats",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "answers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    session_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    time_version = table.Column<int>(type: "INTEGER", nullable: false),
                    session_start = table.Column<long>(type: "INTEGER", nullable: true),
                    child_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    carer_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    other_adult = table.Column<byte[]>(type: "BLOB", nullable: true),
                    source = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    recorded_by = table.Column<Guid>(type: "TEXT", nullable: true),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    undone_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_answers", x => x.id);
                    table.ForeignKey(
                        name: "fk_answers_person_carer_id",
                        column: x => x.carer_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_answers_person_child_id",
                        column: x => x.child_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_answers_sessions_session_id",
                        column: x => x.session_id,
                        principalTable: "sessions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "asks",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    session_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    time_version = table.Column<int>(type: "INTEGER", nullable: false),
                    carer_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    stage = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    due_at = table.Column<long>(type: "INTEGER", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    leased_until = table.Column<long>(type: "INTEGER", nullable: true),
                    mail_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    sent_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_asks", x => x.id);
                    table.ForeignKey(
                        name: "fk_asks_person_carer_id",
                        column: x => x.carer_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_asks_sessions_session_id",
                        column: x => x.session_id,
                        principalTable: "sessions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "check_ins",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    session_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    child_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    carer_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    on_seat_of_child_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_check_ins", x => x.id);
                    table.ForeignKey(
                        name: "fk_check_ins_person_carer_id",
                        column: x => x.carer_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_check_ins_person_child_id",
                        column: x => x.child_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_check_ins_sessions_session_id",
                        column: x => x.session_id,
                        principalTable: "sessions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "family_links",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    purpose = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    carer_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    session_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    series_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    code_hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    mail_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    cancelled_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_family_links", x => x.id);
                    table.ForeignKey(
                        name: "fk_family_links_class_series_series_id",
                        column: x => x.series_id,
                        principalTable: "class_series",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_family_links_person_carer_id",
                        column: x => x.carer_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_family_links_sessions_session_id",
                        column: x => x.session_id,
                        principalTable: "sessions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "flags",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    session_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    rule = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    severity = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    certainty = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    status = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    summary = table.Column<string>(type: "TEXT", nullable: false),
                    raised_at = table.Column<long>(type: "INTEGER", nullable: false),
                    teacher_until = table.Column<long>(type: "INTEGER", nullable: true),
                    explanation = table.Column<byte[]>(type: "BLOB", nullable: true),
                    explained_at = table.Column<long>(type: "INTEGER", nullable: true),
                    reason = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true),
                    note = table.Column<byte[]>(type: "BLOB", nullable: true),
                    decided_by = table.Column<Guid>(type: "TEXT", nullable: true),
                    decided_at = table.Column<long>(type: "INTEGER", nullable: true),
                    accepted_until = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_flags", x => x.id);
                    table.ForeignKey(
                        name: "fk_flags_sessions_session_id",
                        column: x => x.session_id,
                        principalTable: "sessions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "retention_holds",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    session_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    reason = table.Column<byte[]>(type: "BLOB", maxLength: 500, nullable: false),
                    deliveries_from = table.Column<long>(type: "INTEGER", nullable: true),
                    deliveries_until = table.Column<long>(type: "INTEGER", nullable: true),
                    placed_at = table.Column<long>(type: "INTEGER", nullable: false),
                    lifted_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_retention_holds", x => x.id);
                    table.ForeignKey(
                        name: "fk_retention_holds_session_session_id",
                        column: x => x.session_id,
                        principalTable: "sessions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "rule_records",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    session_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    rule = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    result = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    certainty = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    severity = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true),
                    why = table.Column<string>(type: "TEXT", nullable: false),
                    judged_at = table.Column<long>(type: "INTEGER", nullable: false),
                    since = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_rule_records", x => x.id);
                    table.ForeignKey(
                        name: "fk_rule_records_sessions_session_id",
                        column: x => x.session_id,
                        principalTable: "sessions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "flag_evidence",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    flag_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    source = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    result = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true),
                    text = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_flag_evidence", x => x.id);
                    table.ForeignKey(
                        name: "fk_flag_evidence_flags_flag_id",
                        column: x => x.flag_id,
                        principalTable: "flags",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_account_claims_user_id",
                table: "account_claims",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_account_logins_user_id",
                table: "account_logins",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_account_passkeys_user_id",
                table: "account_passkeys",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_accounts_normalized_user_name",
                table: "accounts",
                column: "normalized_user_name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_accounts_organisation_id_email_index",
                table: "accounts",
                columns: new[] { "organisation_id", "email_index" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_answers_carer_id",
                table: "answers",
                column: "carer_id");

            migrationBuilder.CreateIndex(
                name: "ix_answers_child_id",
                table: "answers",
                column: "child_id");

            migrationBuilder.CreateIndex(
                name: "ix_answers_session_id_child_id_at",
                table: "answers",
                columns: new[] { "session_id", "child_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_asks_carer_id",
                table: "asks",
                column: "carer_id");

            migrationBuilder.CreateIndex(
                name: "ix_asks_session_id_carer_id_time_version_stage_number",
                table: "asks",
                columns: new[] { "session_id", "carer_id", "time_version", "stage", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_asks_waiting",
                table: "asks",
                column: "due_at",
                filter: "state = 'Waiting'");

            migrationBuilder.CreateIndex(
                name: "ix_attestations_session_id_child_id_at",
                table: "attestations",
                columns: new[] { "session_id", "child_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_carerships_carer_id",
                table: "carerships",
                column: "carer_id");

            migrationBuilder.CreateIndex(
                name: "ix_carerships_child_id_carer_id",
                table: "carerships",
                columns: new[] { "child_id", "carer_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_check_ins_carer_id",
                table: "check_ins",
                column: "carer_id");

            migrationBuilder.CreateIndex(
                name: "ix_check_ins_child_id",
                table: "check_ins",
                column: "child_id");

            migrationBuilder.CreateIndex(
                name: "ix_check_ins_session_id_child_id_at",
                table: "check_ins",
                columns: new[] { "session_id", "child_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_class_series_join_code_hash",
                table: "class_series",
                column: "join_code_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_class_series_organisation_id_reference",
                table: "class_series",
                columns: new[] { "organisation_id", "reference" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_family_links_carer_id_purpose",
                table: "family_links",
                columns: new[] { "carer_id", "purpose" });

            migrationBuilder.CreateIndex(
                name: "ix_family_links_code_hash",
                table: "family_links",
                column: "code_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_family_links_series_id",
                table: "family_links",
                column: "series_id");

            migrationBuilder.CreateIndex(
                name: "ix_family_links_session_id",
                table: "family_links",
                column: "session_id");

            migrationBuilder.CreateIndex(
                name: "ix_flag_evidence_flag_id_at",
                table: "flag_evidence",
                columns: new[] { "flag_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_flags_organisation_id_status_raised_at_id",
                table: "flags",
                columns: new[] { "organisation_id", "status", "raised_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_flags_session_id_rule",
                table: "flags",
                columns: new[] { "session_id", "rule" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_flags_teacher_until",
                table: "flags",
                column: "teacher_until",
                filter: "status = 'WithTeacher'");

            migrationBuilder.CreateIndex(
                name: "ix_former_registrants_seat_id_registrant_id",
                table: "former_registrants",
                columns: new[] { "seat_id", "registrant_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_hosts_organisation_id_account_id",
                table: "hosts",
                columns: new[] { "organisation_id", "account_id" });

            migrationBuilder.CreateIndex(
                name: "ix_hosts_organisation_id_zoom_id",
                table: "hosts",
                columns: new[] { "organisation_id", "zoom_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_inbox_messages_organisation_id_delivery_key",
                table: "inbox_messages",
                columns: new[] { "organisation_id", "delivery_key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_inbox_messages_pending",
                table: "inbox_messages",
                column: "id",
                filter: "state = 'Pending'");

            migrationBuilder.CreateIndex(
                name: "ix_inbox_messages_set_aside",
                table: "inbox_messages",
                columns: new[] { "organisation_id", "id" },
                filter: "state = 'SetAside'");

            migrationBuilder.CreateIndex(
                name: "ix_ledger_entries_organisation_id_subject_sequence",
                table: "ledger_entries",
                columns: new[] { "organisation_id", "subject", "sequence" });

            migrationBuilder.CreateIndex(
                name: "ix_meeting_instances_meeting_id",
                table: "meeting_instances",
                column: "meeting_id");

            migrationBuilder.CreateIndex(
                name: "ix_meeting_instances_organisation_id_uuid",
                table: "meeting_instances",
                columns: new[] { "organisation_id", "uuid" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_meeting_instances_session_id",
                table: "meeting_instances",
                column: "session_id");

            migrationBuilder.CreateIndex(
                name: "ix_meetings_check_due_at",
                table: "meetings",
                column: "check_due_at",
                filter: "check_due_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_meetings_failing",
                table: "meetings",
                column: "organisation_id",
                filter: "failed_checks >= 3");

            migrationBuilder.CreateIndex(
                name: "ix_meetings_organisation_id_zoom_meeting_id",
                table: "meetings",
                columns: new[] { "organisation_id", "zoom_meeting_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_meetings_seats_due_at",
                table: "meetings",
                column: "seats_due_at",
                filter: "seats_due_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_meetings_series_id",
                table: "meetings",
                column: "series_id");

            migrationBuilder.CreateIndex(
                name: "ix_organisations_slug",
                table: "organisations",
                column: "slug",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_outbox_messages_organisation_id_once_key",
                table: "outbox_messages",
                columns: new[] { "organisation_id", "once_key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_outbox_messages_waiting",
                table: "outbox_messages",
                columns: new[] { "organisation_id", "due_at", "id" },
                filter: "state = 'Waiting'");

            migrationBuilder.CreateIndex(
                name: "ix_participant_events_organisation_id_instance_uuid_connection_id_kind_at",
                table: "participant_events",
                columns: new[] { "organisation_id", "instance_uuid", "connection_id", "kind", "at" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_people_organisation_id_email_index",
                table: "people",
                columns: new[] { "organisation_id", "email_index" });

            migrationBuilder.CreateIndex(
                name: "ix_people_organisation_id_kind_id",
                table: "people",
                columns: new[] { "organisation_id", "kind", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_people_organisation_id_reference_index",
                table: "people",
                columns: new[] { "organisation_id", "reference_index" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_remembered_matches_series_id_screen_key_decided_at",
                table: "remembered_matches",
                columns: new[] { "series_id", "screen_key", "decided_at" });

            migrationBuilder.CreateIndex(
                name: "ix_repairs_meeting_id_at",
                table: "repairs",
                columns: new[] { "meeting_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_retention_holds_organisation_id_session_id",
                table: "retention_holds",
                columns: new[] { "organisation_id", "session_id" });

            migrationBuilder.CreateIndex(
                name: "ix_retention_holds_session_id",
                table: "retention_holds",
                column: "session_id");

            migrationBuilder.CreateIndex(
                name: "ix_role_holders_organisation_id_duty_to",
                table: "role_holders",
                columns: new[] { "organisation_id", "duty", "to" });

            migrationBuilder.CreateIndex(
                name: "ix_rule_records_session_id_rule",
                table: "rule_records",
                columns: new[] { "session_id", "rule" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_seats_due_at",
                table: "seats",
                column: "due_at",
                filter: "due_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_seats_organisation_id_registrant_id",
                table: "seats",
                columns: new[] { "organisation_id", "registrant_id" });

            migrationBuilder.CreateIndex(
                name: "ix_seats_person_id",
                table: "seats",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_seats_series_id",
                table: "seats",
                column: "series_id");

            migrationBuilder.CreateIndex(
                name: "ix_series_teachers_account_id",
                table: "series_teachers",
                column: "account_id");

            migrationBuilder.CreateIndex(
                name: "ix_series_teachers_series_id_account_id",
                table: "series_teachers",
                columns: new[] { "series_id", "account_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_sessions_asks_due_at",
                table: "sessions",
                column: "asks_due_at",
                filter: "asks_due_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_sessions_backfill_due_at",
                table: "sessions",
                column: "backfill_due_at",
                filter: "backfill_due_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_sessions_judge_due_at",
                table: "sessions",
                column: "judge_due_at",
                filter: "judge_due_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_sessions_meeting_id_occurrence_key",
                table: "sessions",
                columns: new[] { "meeting_id", "occurrence_key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_sessions_organisation_id_start_id",
                table: "sessions",
                columns: new[] { "organisation_id", "start", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_sessions_series_id_start",
                table: "sessions",
                columns: new[] { "series_id", "start" });

            migrationBuilder.CreateIndex(
                name: "ix_settings_snapshots_meeting_id_taken_at",
                table: "settings_snapshots",
                columns: new[] { "meeting_id", "taken_at" });

            migrationBuilder.CreateIndex(
                name: "ix_sign_in_links_account_id_created_at",
                table: "sign_in_links",
                columns: new[] { "account_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_sign_in_links_code_hash",
                table: "sign_in_links",
                column: "code_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_zoom_connections_organisation_id",
                table: "zoom_connections",
                column: "organisation_id",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "account_claims");

            migrationBuilder.DropTable(
                name: "account_logins");

            migrationBuilder.DropTable(
                name: "account_passkeys");

            migrationBuilder.DropTable(
                name: "account_tokens");

            migrationBuilder.DropTable(
                name: "answers");

            migrationBuilder.DropTable(
                name: "asks");

            migrationBuilder.DropTable(
                name: "attestations");

            migrationBuilder.DropTable(
                name: "carerships");

            migrationBuilder.DropTable(
                name: "check_ins");

            migrationBuilder.DropTable(
                name: "data_protection_keys");

            migrationBuilder.DropTable(
                name: "family_links");

            migrationBuilder.DropTable(
                name: "flag_evidence");

            migrationBuilder.DropTable(
                name: "former_registrants");

            migrationBuilder.DropTable(
                name: "host_budgets");

            migrationBuilder.DropTable(
                name: "hosts");

            migrationBuilder.DropTable(
                name: "inbox_messages");

            migrationBuilder.DropTable(
                name: "job_states");

            migrationBuilder.DropTable(
                name: "ledger_entries");

            migrationBuilder.DropTable(
                name: "ledger_heads");

            migrationBuilder.DropTable(
                name: "meeting_instances");

            migrationBuilder.DropTable(
                name: "nodes");

            migrationBuilder.DropTable(
                name: "outbox_messages");

            migrationBuilder.DropTable(
                name: "participant_events");

            migrationBuilder.DropTable(
                name: "remembered_matches");

            migrationBuilder.DropTable(
                name: "repairs");

            migrationBuilder.DropTable(
                name: "restorations");

            migrationBuilder.DropTable(
                name: "retention_holds");

            migrationBuilder.DropTable(
                name: "role_holders");

            migrationBuilder.DropTable(
                name: "rule_records");

            migrationBuilder.DropTable(
                name: "series_teachers");

            migrationBuilder.DropTable(
                name: "settings_snapshots");

            migrationBuilder.DropTable(
                name: "sign_in_links");

            migrationBuilder.DropTable(
                name: "zoom_connections");

            migrationBuilder.DropTable(
                name: "flags");

            migrationBuilder.DropTable(
                name: "seats");

            migrationBuilder.DropTable(
                name: "accounts");

            migrationBuilder.DropTable(
                name: "organisations");

            migrationBuilder.DropTable(
                name: "sessions");

            migrationBuilder.DropTable(
                name: "people");

            migrationBuilder.DropTable(
                name: "meetings");

            migrationBuilder.DropTable(
                name: "class_series");
        }
    }
}
