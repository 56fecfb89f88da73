using System.Reflection;
using System.Text;

namespace Backprop.Tests;

/// <summary>Compiled into the tests of every assembly that is packed: each has a snapshot of its own.</summary>
public class PublicApiTests
{
    /// <summary>A change of the public API shows as a change of the snapshot. To accept one, replace the file by the one that the
    /// message names.</summary>
    [Fact]
    public void The_public_api_is_the_one_of_the_snapshot()
    {
        string tests = Assembly.GetExecutingAssembly().GetName().Name!, tested = tests[..^".Tests".Length];
        string expected = Path.Combine(Repository.Root, "tests", tests, "PublicApi.txt");
        string actual = Path.Combine(Path.GetTempPath(), $"{tested}.PublicApi.txt");
        string api = Describe(Assembly.Load(tested));
        File.WriteAllText(actual, api);
        Assert.True(File.Exists(expected) && File.ReadAllText(expected) == api, $"The public API has changed: compare {expected} with {actual}.");
    }

    private static string Describe(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (var type in assembly.GetExportedTypes().Where(type => !type.Name.Contains('<', StringComparison.Ordinal)).OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(type.IsInterface ? "interface " : type.IsEnum ? "enum " : type.IsValueType ? "struct " : type.IsAbstract && type.IsSealed ? "static class " : type.IsAbstract ? "abstract class " : "sealed class ");
            text.Append(type.FullName).Append('\n');
            const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
            var members = type.GetMembers(Declared).Where(member => IsVisible(member) && !IsGenerated(member)).Select(Line).Order(StringComparer.Ordinal);
            foreach (string member in members) text.Append("  ").Append(member).Append('\n');
        }
        return text.ToString();
    }

    private static string Line(MemberInfo member) => member switch
    {
        ConstructorInfo constructor => $"new({Parameters(constructor)})",
        MethodInfo method => $"{(method.IsStatic ? "static " : "")}{Name(method.ReturnType)} {method.Name}({Parameters(method)})",
        PropertyInfo property => $"{Name(property.PropertyType)} {property.Name} {{{(property.CanRead ? " get;" : "")}{(property.SetMethod is { } set && IsVisible(set) ? " set;" : "")} }}",
        FieldInfo field => $"{Name(field.FieldType)} {field.Name}",
        _ => member.ToString()!,
    };

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters()
        .Select(parameter => $"{Name(parameter.ParameterType)} {parameter.Name}{(parameter.HasDefaultValue ? $" = {Convert.ToString(parameter.DefaultValue ?? "null", System.Globalization.CultureInfo.InvariantCulture)}" : "")}"));

    private static string Name(Type type)
    {
        if (type.IsByRef) return "ref " + Name(type.GetElementType()!);
        if (type.IsArray) return Name(type.GetElementType()!) + "[]";
        string name = type.Name.Split('`')[0];
        return type.IsGenericType ? $"{name}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : name;
    }

    /// <summary>What the compiler makes for properties and records says nothing of its own.</summary>
    private static bool IsGenerated(MemberInfo member) =>
        member.Name.Contains('<', StringComparison.Ordinal) || (member is MethodInfo { IsSpecialName: true } accessor && !accessor.Name.StartsWith("op_", StringComparison.Ordinal))
        || (member is MethodInfo && member.IsDefined(typeof(System.Runtime.CompilerServices.CompilerGeneratedAttribute)));

    private static bool IsVisible(MemberInfo member) => member switch
    {
        MethodBase method => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly,
        FieldInfo field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly,
        PropertyInfo property => property.GetAccessors(true).Any(accessor => IsVisible(accessor)),
        TypeInfo nested => nested.IsNestedPublic && !nested.Name.Contains('<', StringComparison.Ordinal),
        _ => true,
    };
}
