using Backprop.Checking;

namespace Backprop.Tests.Checking;

public class DoctorPageTests
{
    [Fact]
    public void The_page_names_every_mistake()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "doctor.md"));
        Assert.All(Enum.GetNames<MistakeKind>(), name => Assert.True(page.Contains($"`{name}`", StringComparison.Ordinal), name));
    }
}
