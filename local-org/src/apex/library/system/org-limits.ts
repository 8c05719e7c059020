import { ORG_LIMITS } from '../../../org/org-limits.ts';
import { NativeObject } from '../../runtime/native-object.ts';
import { platformType, STRING } from '../../types/apex-types.ts';
import { mapFrom } from '../arguments.ts';
import { ApexList } from '../collections/apex-list.ts';
import { nativeClass, type NativeClass } from '../native.ts';

const ORG_LIMIT = platformType('System.OrgLimit');

class OrgLimitObject extends NativeObject {
    readonly className = 'System.OrgLimit';
    readonly name: string;
    readonly maximum: number;

    constructor(name: string, maximum: number) {
        super();
        this.name = name;
        this.maximum = maximum;
    }
}

/** Names and numbers of REST's `/limits`; Apex is told of them as unused. */
function all(): OrgLimitObject[] {
    return Object.entries({ DailyApiRequests: 15_000, DataStorageMB: 5, ...ORG_LIMITS })
        .map(([name, maximum]) => new OrgLimitObject(name, maximum))
        .sort((left, right) => left.name.localeCompare(right.name));
}

/** OrgLimits (Apex Reference, System.OrgLimits and System.OrgLimit). */
export const orgLimitClasses: readonly NativeClass[] = [
    nativeClass({
        name: 'System.OrgLimits',
        statics: {
            'getAll()': () => new ApexList(ORG_LIMIT, all()),
            'getMap()': (rt) =>
                mapFrom(
                    rt,
                    STRING,
                    ORG_LIMIT,
                    all().map((limit) => [limit.name, limit] as const)
                )
        }
    }),
    nativeClass({
        name: 'System.OrgLimit',
        methods: {
            'getLimit()': (_rt, self: OrgLimitObject) => self.maximum,
            'getName()': (_rt, self: OrgLimitObject) => self.name,
            'getValue()': () => 0
        }
    })
];
