import { flagOf, numberOf } from '../../schema/document.ts';
import type { MetadataHandler } from './metadata-handler.ts';

const DEFAULT_KEY_SIZE = 2048;
const KEY_SIZES = [2048, 4096];

/**
 * A self-signed certificate: the org takes the subject from the file and makes a key pair of its own, which it keeps
 * when the certificate is deployed again. Source: Metadata API Developer Guide, Certificate, Usage.
 */
export const certificateHandler: MetadataHandler = {
    prepareFiles({ document, files, fullName }, previous, { org }) {
        const size = numberOf(document, 'keySize') ?? DEFAULT_KEY_SIZE;
        if (flagOf(document, 'caSigned') || !KEY_SIZES.includes(size)) {
            return files;
        }
        if (previous !== undefined && org.certificates.has(fullName)) {
            return previous.files;
        }
        const [path, pattern] = [...files].find(([name]) => name.endsWith('.crt')) ?? [`certs/${fullName}.crt`];
        const pem = org.certificates.generate(fullName, new TextDecoder().decode(pattern), size);
        return new Map([...files, [path, new TextEncoder().encode(pem)]]);
    },
    check({ document }) {
        const size = numberOf(document, 'keySize') ?? DEFAULT_KEY_SIZE;
        if (flagOf(document, 'caSigned')) {
            return [{ message: 'The local org does not support certificates that an authority signs' }];
        }
        return KEY_SIZES.includes(size) ? [] : [{ message: `The key size ${size} is not one of 2048, 4096` }];
    }
};
