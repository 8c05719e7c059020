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

    private get list(): Refreshable | undefined {
        return this.refs?.list as Refreshable | undefined;
    }

    private async refresh(): Promise<void> {
        const twin = this.refs?.twin as Refreshable | undefined;
        await Promise.all([twin?.refresh(), this.list?.refresh()]);
    }
}
