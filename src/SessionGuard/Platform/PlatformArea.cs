using SessionGuard.Platform.Backups;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Keys;
using SessionGuard.Platform.Ledger;
using SessionGuard.Platform.Mail;
using SessionGuard.Platform.RestoreHold;
using SessionGuard.Platform.Retention;
using SessionGuard.Platform.Security;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Telemetry;
using SessionGuard.Platform.Tenancy;

namespace SessionGuard.Platform;

/// <summary>What any such service needs. Nothing here knows a school's word.</summary>
internal static class PlatformArea
{
    public static void AddPlatform(this WebApplicationBuilder builder)
    {
        builder.AddService();        // options, clock, warnings of unknown settings
        builder.AddStorage();        // SQLite or PostgreSQL, by Storage:Engine
        builder.AddSecurity();       // the master key and what it protects
        builder.AddKeys();           // the key ring in the database, and encrypting anew
        builder.AddLedger();         // the chain of facts and its check
        builder.AddRestoreHold();    // whether mail may leave and Zoom may be called after a restore
        builder.AddOrganisations();  // whom the service serves
        builder.AddMail();           // what to tell people, and how it leaves
        builder.AddTelemetry();      // how things stand, for those who look after it
        builder.AddBackups();        // the database into a file and back
        builder.AddRetention();      // what is deleted when, and what stops it
    }
}
