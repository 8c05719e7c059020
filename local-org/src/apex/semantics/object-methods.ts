/** Methods that every object has, so that a class need not write them to implement an interface that names them. */
const OBJECT_METHODS: Readonly<Record<string, number>> = { equals: 1, hashcode: 0, tostring: 0 };

export function isObjectMethod(name: string, parameters: number): boolean {
    return OBJECT_METHODS[name.toLowerCase()] === parameters;
}
