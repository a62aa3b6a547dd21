using System.Reflection;
using System.Reflection.Emit;

namespace SessionGuard.Tests.Architecture;

/// <summary>Which types the compiled code of a type names: in its signatures, its fields and the bodies of its methods.</summary>
internal static class CodeMap
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> OpCodes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(f => (OpCode)f.GetValue(null)!).ToDictionary(c => c.Value);

    public static IEnumerable<Type> NamedBy(Type type) =>
        type.GetMembers(Declared).SelectMany(NamedBy).Concat(type.GetInterfaces()).Append(type.BaseType)
            .Concat(type.GetCustomAttributesData().Select(a => (Type?)a.AttributeType))
            .OfType<Type>().SelectMany(Parts).Distinct();

    /// <summary>The members that the bodies of a type's methods name, each with the method that does.</summary>
    public static IEnumerable<(MethodBase By, MemberInfo Named)> MembersNamedBy(Type type) => type.GetMembers(Declared).OfType<MethodBase>()
        .SelectMany(method => Code(method).SelectMany(Tokens).Select(token => ResolveMember(method, token)).OfType<MemberInfo>().Select(named => (method, named)));

    private static IEnumerable<Type?> NamedBy(MemberInfo member) => member switch
    {
        FieldInfo field => [field.FieldType],
        PropertyInfo property => [property.PropertyType],
        MethodInfo method => [method.ReturnType, .. Signature(method), .. Body(method)],
        MethodBase constructor => [.. Signature(constructor), .. Body(constructor)],
        _ => [],
    };

    private static IEnumerable<Type> Signature(MethodBase method) => method.GetParameters().Select(p => p.ParameterType);

    private static IEnumerable<Type?> Body(MethodBase method)
    {
        if (method.GetMethodBody() is not { } body || body.GetILAsByteArray() is not { } code)
        {
            return [];
        }

        return body.LocalVariables.Select(v => (Type?)v.LocalType).Concat(Tokens(code).SelectMany(token => Resolve(method, token)));
    }

    /// <summary>Walks the instructions; the operands that are metadata tokens are what is named.</summary>
    private static IEnumerable<int> Tokens(byte[] code)
    {
        for (var at = 0; at < code.Length;)
        {
            var opCode = code[at] == 0xFE ? OpCodes[unchecked((short)(0xFE00 | code[at + 1]))] : OpCodes[code[at]];
            at += opCode.Size;
            if (opCode.OperandType is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType)
            {
                yield return BitConverter.ToInt32(code, at);
            }

            at += opCode.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
                _ => 4,
            };
        }
    }

    private static IEnumerable<byte[]> Code(MethodBase method) => method.GetMethodBody()?.GetILAsByteArray() is { } code ? [code] : [];

    private static MemberInfo? ResolveMember(MethodBase method, int token)
    {
        var ofType = method.DeclaringType is { IsGenericType: true } owner ? owner.GetGenericArguments() : null;
        var ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : null;
        return method.Module.ResolveMember(token, ofType, ofMethod);
    }

    private static IEnumerable<Type?> Resolve(MethodBase method, int token)
    {
        var named = ResolveMember(method, token);
        return named switch
        {
            Type type => [type],
            MethodInfo { IsGenericMethod: true } generic => [named.DeclaringType, .. generic.GetGenericArguments()],
            _ => [named?.DeclaringType],
        };
    }

    private static IEnumerable<Type> Parts(Type type) =>
        type.HasElementType ? Parts(type.GetElementType()!)
        : type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts).Append(type)
        : [type];
}
