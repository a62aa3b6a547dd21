using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Text;
using SessionGuard.School.Staff;

namespace SessionGuard.Surfaces.Api;

/// <summary>A member of staff who may sign in.</summary>
/// <param name="Role"><c>teacher</c>, <c>lead</c>, <c>deputy</c> or <c>admin</c>.</param>
/// <param name="ClosedAt">Null while they may sign in.</param>
public sealed record StaffRecord(Guid Id, string Name, string Email, string Role, DateTime? ClosedAt)
{
    internal static StaffRecord FromAccount(Account account) =>
        new(account.Id, account.DisplayName, account.Email ?? "", Words.ToWord(account.Role), account.ClosedAt?.UtcDateTime);
}

/// <param name="Role"><c>teacher</c>, <c>lead</c>, <c>deputy</c> or <c>admin</c>.</param>
public sealed record NewStaff(string? Name, string? Email, string? Role);

internal static class StaffEndpoints
{
    public static async Task<Results<Ok<Page<StaffRecord>>, ValidationProblem>> ListAsync(
        [AsParameters] ListRequest request, SessionGuardDb db, CancellationToken cancellation)
    {
        var reading = new QueryReading();
        var after = reading.Id(request.Cursor);
        var limit = reading.Limit(request.Limit);
        if (reading.Faults.Count > 0)
        {
            return reading.Problem();
        }

        var rows = await db.Set<Account>().AsNoTracking().Where(a => after == null || a.Id.CompareTo(after.Value) > 0)
            .OrderBy(a => a.Id).Take(limit + 1).ToListAsync(cancellation);
        var page = rows.ToPage(limit, a => a.Id.ToString());
        return TypedResults.Ok(page.With<StaffRecord>([.. page.Items.Select(StaffRecord.FromAccount)]));
    }

    public static async Task<Results<Created<StaffRecord>, ValidationProblem>> AddAsync(
        NewStaff body, StaffAccounts accounts, SessionGuardDb db, TimeProvider clock, Viewer viewer, CancellationToken cancellation)
    {
        var faults = new ValidationErrors();
        var details = new StaffDetails(body.Name, body.Email, Words.Parse<Role>(body.Role ?? "")).Check(faults);
        if (details is not null && await db.AccountsAt(details.Email!).AnyAsync(cancellation))
        {
            faults.Add("email", "There is an account at this address already.");
        }

        if (details is null || !faults.None)
        {
            return faults.Problem();
        }

        var account = await accounts.EnsureAsync(viewer.OrganisationId, details.Email!, details.Name!, details.Role!.Value, cancellation);
        db.Record(new LedgerNote(
            viewer.OrganisationId, clock.Now(), Actor.FromViewer(viewer).Name, AccountActions.Added, LedgerName.Account(account.Id), new { role = account.Role.ToString() }));
        await db.SaveChangesAsync(cancellation);
        return TypedResults.Created("/api/v1/staff", StaffRecord.FromAccount(account));
    }
}
