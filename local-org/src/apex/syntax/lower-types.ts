import type { CreatedNameContext, TypeRefContext, TypeListContext } from '@apexdevtools/apex-parser';
import type { TypeRef } from './ast.ts';
import { at } from './positions.ts';

export function lowerTypeRef(context: TypeRefContext): TypeRef {
    const subscripts = context.arraySubscripts();
    return {
        kind: 'typeRef',
        ...at(context),
        parts: context.typeName_list().map((part) => ({
            // `List`, `Set` and `Map` are keywords of the grammar, every other name an id; both come first.
            name: part.id()?.getText() ?? part.start.text,
            args: lowerTypeList(part.typeArguments()?.typeList())
        })),
        arrayDepth: subscripts?.LBRACK_list().length ?? 0
    };
}

export function lowerTypeList(context: TypeListContext | null | undefined): TypeRef[] {
    return context?.typeRef_list().map(lowerTypeRef) ?? [];
}

/** The name behind `new`. */
export function lowerCreatedName(context: CreatedNameContext): TypeRef {
    return {
        kind: 'typeRef',
        ...at(context),
        parts: context.idCreatedNamePair_list().map((part) => ({
            name: part.anyId().getText(),
            args: lowerTypeList(part.typeList())
        })),
        arrayDepth: 0
    };
}
