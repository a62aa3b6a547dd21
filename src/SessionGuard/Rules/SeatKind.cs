namespace SessionGuard.Rules;

/// <summary>What somebody is in a class, as far as the rules care.</summary>
internal enum SeatKind
{
    Child,

    /// <summary>The teacher, a co-teacher, an approved guest teacher or examiner, the lead looking on.</summary>
    Staff,

    /// <summary>A carer on a device of their own, a translator or a support worker: approved, and tied to one child.</summary>
    SupportingAdult,

    /// <summary>Taught beside the children. Known, and neither staff nor a responsible adult.</summary>
    AdultStudent,
}

/// <summary>What a child's responsible adult does during the class.</summary>
internal enum PresenceMode
{
    /// <summary>In the room, on screen or not.</summary>
    InRoom,

    /// <summary>In the home and within call.</summary>
    Nearby,

    /// <summary>Agreed in writing by carer, young person and lead that none is needed.</summary>
    AgreedAlone,
}
