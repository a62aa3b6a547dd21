using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SessionGuard.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class RuleSeverity : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "severity",
                table: "rule_records",
                type: "character varying(32)",
                maxLength: 32,
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "severity",
                table: "rule_records");
        }
    }
}
