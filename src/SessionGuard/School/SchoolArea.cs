using SessionGuard.School.Organisations;
using SessionGuard.School.People;
using SessionGuard.School.Staff;

namespace SessionGuard.School;

/// <summary>Who belongs to a school: children and the adults who answer for them, staff and their accounts.</summary>
internal static class SchoolArea
{
    public static void AddSchool(this WebApplicationBuilder builder)
    {
        builder.AddPeople();    // children, and the adults who answer for them
        builder.AddAccounts();  // who may sign in, by mailed links
        builder.AddSetup();     // the schools that the configuration names, and what each start does first
    }
}
