using SessionGuard.Platform.Ledger.Chain;

namespace SessionGuard.School.People;

/// <summary>How the ledger names people: as somebody in the register, or as the carer who did something.</summary>
internal static class PersonName
{
    extension(LedgerName)
    {
        public static string Person(Guid id) => LedgerName.Create("person", id);

        public static string Carer(Guid id) => LedgerName.Create("carer", id);

        /// <summary>Who it is by a carer's name or an adult student's, who are named alike. Null for anybody else.</summary>
        public static Guid? GetCarer(string actor) => LedgerName.Read("carer", actor);
    }
}
