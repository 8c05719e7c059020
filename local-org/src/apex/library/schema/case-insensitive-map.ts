import type { Runtime } from '../../runtime/runtime.ts';
import { ApexMap } from '../collections/apex-map.ts';

/** The maps of describe calls: their keys are lower case and found in any case. */
export class CaseInsensitiveMap extends ApexMap {
    override empty(): CaseInsensitiveMap {
        return new CaseInsensitiveMap(this.keyType, this.valueType);
    }

    override get(rt: Runtime, key: unknown): unknown {
        return super.get(rt, lower(key));
    }

    override has(rt: Runtime, key: unknown): boolean {
        return super.has(rt, lower(key));
    }

    override put(rt: Runtime, key: unknown, value: unknown): unknown {
        return super.put(rt, lower(key), value);
    }

    override remove(rt: Runtime, key: unknown): unknown {
        return super.remove(rt, lower(key));
    }
}

function lower(key: unknown): unknown {
    return typeof key === 'string' ? key.toLowerCase() : key;
}
