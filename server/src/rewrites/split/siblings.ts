import { siblingReference } from '../../model/catalog/baseImages';
import type { StageModel } from '../../model/stages/model';

/** The slim variant of an image of Debian, or why there is none; undefined where it is slim already. */
export function slimSibling(reference: string, { image }: StageModel): { readonly reference: string } | { readonly because: string } | undefined {
	if (image?.family === 'apk') return { because: 'the Alpine image has no smaller variant to ship' };
	if (image?.family !== 'deb') return undefined;
	const [sibling] = image.siblings ?? [];
	if (!sibling) return undefined;
	const slim = siblingReference(reference, sibling);
	if (slim !== undefined) return { reference: slim };
	return { because: reference.includes('@') ? 'a digest pins the image, and that of its slim variant is not known' : `no slim variant of ${reference} is known` };
}
