using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SessionGuard.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class SchoolsSideBySide : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_outbox_messages_waiting",
                table: "outbox_messages");

            migrationBuilder.CreateIndex(
                name: "ix_outbox_messages_waiting",
                table: "outbox_messages",
                columns: new[] { "organisation_id", "due_at", "id" },
                filter: "state = 'Waiting'");

            migrationBuilder.CreateIndex(
                name: "ix_meetings_failing",
                table: "meetings",
                column: "organisation_id",
                filter: "failed_checks >= 3");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_outbox_messages_waiting",
                table: "outbox_messages");

            migrationBuilder.DropIndex(
                name: "ix_meetings_failing",
                table: "meetings");

            migrationBuilder.CreateIndex(
                name: "ix_outbox_messages_waiting",
                table: "outbox_messages",
                column: "due_at",
                filter: "state = 'Waiting'");
        }
    }
}
