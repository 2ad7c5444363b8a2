import { type QuickPickItem, QuickPickItemKind, type TextDocument, window } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { type RewriteChoice, type RewritesParams, rewritesRequest } from '../../server/src/protocol';

/** What somebody chose, and for which document. */
export interface PickedRewrite extends RewriteChoice {
	readonly document: TextDocument;
}

type Item = QuickPickItem & { readonly choice?: RewriteChoice };

/** Lets somebody choose among all rewrites for the active file: those that can be made first, the others with the reason. */
export async function pickRewrite(client: LanguageClient): Promise<PickedRewrite | undefined> {
	const document = window.activeTextEditor?.document;
	const params: RewritesParams | undefined = document && { uri: client.code2ProtocolConverter.asUri(document.uri) };
	const choices = params && (await client.sendRequest<readonly RewriteChoice[] | null>(rewritesRequest, params));
	if (!document || !choices) {
		void window.showInformationMessage('Whittle rewrites Containerfiles and Dockerfiles: open one first.');
		return undefined;
	}
	const items = [
		...group(
			'offered',
			choices.filter(({ refusal }) => !refusal),
		),
		...group(
			'refused',
			choices.filter(({ refusal }) => refusal?.range),
		),
		...group(
			'for other files',
			choices.filter(({ refusal }) => refusal && !refusal.range),
		),
	];
	const picked = await window.showQuickPick<Item>(items, {
		title: 'Rewrite This File',
		placeHolder: 'A smaller shape for the whole file',
		matchOnDescription: true,
		matchOnDetail: true,
	});
	return picked?.choice && { ...picked.choice, document };
}

function group(label: string, choices: readonly RewriteChoice[]): readonly Item[] {
	if (choices.length === 0) return [];
	return [{ label, kind: QuickPickItemKind.Separator }, ...choices.map(itemOf)];
}

function itemOf(choice: RewriteChoice): Item {
	const { id, title, saving, refusal } = choice;
	return { label: title, description: saving === undefined ? id : `${id} · saves ${saving}`, ...(refusal ? { detail: `refused because ${refusal.because}` } : {}), choice };
}
