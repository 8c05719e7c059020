import { LightningElement, api } from 'lwc';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import type { AccountRow, SaveOutcome } from 'apex/types';
import TargetAccountEditor from 'c/targetAccountEditor';

interface Refreshable extends Element {
    refresh(): Promise<void>;
}

/** The card for App Builder: on an account page its comparison and the list, elsewhere the list alone. */
export default class TargetAccountPanel extends LightningElement {
    @api recordId: string | undefined;
    @api cardTitle = 'Target Org';
    @api pageSize = 10;

    handleRefresh(): void {
        void this.refresh();
    }

    handleTwinSaved(): void {
        void this.list?.refresh();
    }

    async handleEdit(event: CustomEvent<AccountRow>): Promise<void> {
        const account = event.detail;
        const name = account.name ?? 'Account';
        const outcome = await TargetAccountEditor.open<SaveOutcome>({
            label: `Edit ${name} in the Target Org`,
            size: 'small',
            account
        });
        if (outcome) {
            this.dispatchEvent(
                new ShowToastEvent({
                    title: 'Account saved',
                    message: `${name} was saved in the target org.`,
                    variant: 'success'
                })
            );
            await this.refresh();
        }
    }

    // Not by refs: they are read once a rendering, and a tab creates its content later, when it is first opened.
    private get list(): Refreshable | null | undefined {
        return this.template?.querySelector<Refreshable>('c-target-account-list');
    }

    private get twin(): Refreshable | null | undefined {
        return this.template?.querySelector<Refreshable>('c-target-account-twin');
    }

    private async refresh(): Promise<void> {
        await Promise.all([this.twin?.refresh(), this.list?.refresh()]);
    }
}
