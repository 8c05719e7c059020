import { isKnownZone, offsetAt, zoneName } from '../../../values/time-zone.ts';
import type { Datetime } from '../../../values/index.ts';
import { NativeObject } from '../../runtime/native-object.ts';
import { noNulls } from '../arguments.ts';
import { nativeClass, type NativeClass } from '../native.ts';

export class TimeZoneObject extends NativeObject {
    readonly className = 'System.TimeZone';
    /** IANA name; an unknown zone is GMT. */
    readonly zone: string;

    constructor(zone: string) {
        super();
        this.zone = isKnownZone(zone) ? zone : 'GMT';
    }

    override valueText(): string {
        return this.zone;
    }
}

/** TimeZone (Apex Reference, System.TimeZone). */
export const timeZoneClass: NativeClass = nativeClass({
    name: 'System.TimeZone',
    statics: { 'getTimeZone(String)': noNulls((_rt, id: string) => new TimeZoneObject(id)) },
    methods: {
        'getDisplayName()': (rt, self: TimeZoneObject) =>
            `(GMT${offsetLabel(offsetAt(self.zone, rt.org.clock.now()))}) ${zoneName(self.zone, rt.org.clock.now(), 'long')} (${self.zone})`,
        'getID()': (_rt, self: TimeZoneObject) => self.zone,
        'getOffset(Datetime)': noNulls((_rt, self: TimeZoneObject, at: Datetime) => offsetAt(self.zone, at.ms)),
        'toString()': (_rt, self: TimeZoneObject) => self.zone
    }
});

function offsetLabel(offset: number): string {
    const minutes = Math.abs(offset) / 60_000;
    const hours = String(Math.floor(minutes / 60)).padStart(2, '0');
    return `${offset < 0 ? '-' : '+'}${hours}:${String(minutes % 60).padStart(2, '0')}`;
}
