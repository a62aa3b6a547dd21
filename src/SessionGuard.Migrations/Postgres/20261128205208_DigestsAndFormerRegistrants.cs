using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SessionGuard.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class DigestsAndFormerRegistrants : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "digest_due_at",
                table: "organisations",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "former_registrants",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    seat_id = table.Column<Guid>(type: "uuid", nullable: false),
                    registrant_id = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
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

            migrationBuilder.CreateIndex(
                name: "ix_former_registrants_seat_id_registrant_id",
                table: "former_registrants",
                columns: new[] { "seat_id", "registrant_id" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "former_registrants");

            migrationBuilder.DropColumn(
                name: "digest_due_at",
                table: "organisations");
        }
    }
}
