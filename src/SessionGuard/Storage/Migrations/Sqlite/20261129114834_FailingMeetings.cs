using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SessionGuard.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class FailingMeetings : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
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
                name: "ix_meetings_failing",
                table: "meetings");
        }
    }
}
