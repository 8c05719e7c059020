import type { TriggerDeclaration } from '../syntax/ast.ts';
import { sobjectType } from '../types/apex-types.ts';
import { diagnostics } from './diagnostics.ts';
import { report } from './reporter.ts';
import type { Unit } from './symbols.ts';
import type { World } from './world.ts';

/** Resolves the object of a trigger and checks its events. */
export function checkTrigger(world: World, unit: Unit, declaration: TriggerDeclaration): void {
    const object = world.schema.object(declaration.object);
    if (object === undefined) {
        report(unit, declaration.objectAt, diagnostics.triggerObject(declaration.object));
        return;
    }
    if (object.kind === 'customMetadata' || object.kind === 'customSetting') {
        report(unit, declaration.objectAt, diagnostics.triggerUnsupported(object.name));
    }
    unit.triggerObject = sobjectType(object.name);
    for (const [index, event] of declaration.events.entries()) {
        if (event === 'before undelete') report(unit, declaration, diagnostics.triggerBeforeUndelete());
        if (declaration.events.indexOf(event) !== index) report(unit, declaration, diagnostics.triggerDuplicate(event));
    }
}
