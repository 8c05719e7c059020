/** What the class library implements, as the checker asks for it. Keys are those of `NativeClass`. */
export interface NativeCatalog {
    /** Key of the implementation of an overload; parameters in Apex notation as the signature table writes them. */
    method(className: string, name: string, parameters: readonly string[], isStatic: boolean): string | undefined;
    constructor_(className: string, parameters: readonly string[]): string | undefined;
    property(
        className: string,
        name: string,
        isStatic: boolean
    ): { readonly key: string; readonly get: boolean; readonly set: boolean } | undefined;
    /** Signatures beyond the table: `static Boolean equals(Object other)`. */
    extraSignatures(className: string): readonly string[];
}
