/** A deploy that does not begin. Surfaces answer with the code and the text. */
export class DeployRefusal extends Error {
    readonly code: string;

    constructor(code: string, message: string) {
        super(message);
        this.code = code;
    }
}
