import { remember } from '../basics/remember';
import type { Model } from '../stages/model';
import { remarksOn } from '../stages/remarks';
import { isNamedForBuilding } from './stageNames';
import { startedBy } from './started';

/** Whether the image is there to build with or on: by what it is given for source-to-image, its labels, its remarks, the stage's name or what it starts. */
export const isForBuilding = remember((model: Model): boolean => {
	const { file, stages, target } = model;
	if (sourceToImage.test(file.text) || keepsCompiler.test(file.text)) return true;
	if (isNamedForBuilding(target)) return true;
	const started =
		startedBy(model)
			?.text.split(/[\s[\]"',]+/)
			.filter((word) => word !== '') ?? [];
	if (started.some((word, index) => (index === 0 || /\/|\.\w+$/.test(word)) && startsBuild.test(word.replace(/^.*\//, '')))) return true;
	for (const { stage, ships } of stages) {
		if (!ships) continue;
		if (saysBuilding.test(remarksOn(file, stage.from))) return true;
		for (const { keyword, args } of stage.instructions) {
			if (keyword !== 'LABEL') continue;
			const text = file.text.slice(args.start, args.end);
			if (saysBuilding.test(text) || builder.test(text)) return true;
		}
	}
	const first = file.instructions[0]?.span.start ?? 0;
	return file.comments.some(({ start, end }) => end <= first && saysBuilding.test(file.text.slice(start, end)));
});

/** A builder image of source-to-image, which assembles the program in a container of its own. */
const sourceToImage = /\bio\.(?:openshift\.)?s2i\b|\bSTI_SCRIPTS_(?:URL|PATH)\b|\bs2i\/bin\b/;

/** An official image of PHP keeps on purpose what its extensions are built with, a tool that builds Go itself the Go that it needs for that, and the SDK of Android is there to build with. */
const keepsCompiler = /^ENV[ \t]+(?:PHPIZE_DEPS|GOROOT_BOOTSTRAP|ANDROID_(?:HOME|SDK_ROOT|NDK\w*))\b|\bsdkmanager\b/m;

/** The name of a script that builds, `build-rpm.sh`, or of a tool that compilers are called by. */
const startsBuild = /^(?:build|compile|make)(?:[-_.][\w.-]+)?$|[-_](?:build|compile|builder)(?:\.\w+)?$|^(?:cmake|ninja|rpmbuild|dpkg-buildpackage|debuild|gcc|g\+\+|clang)$/;

/** What a label or a remark says of an image that programs are built or developed in. */
const saysBuilding =
	/\bbuild(?:ing)?[ -](?:environment|env|container|box|machine|host|agent|slave)\b|\b(?:image|container|environment|used?|meant|made|only) (?:for|to) (?:build(?:ing)?|compil(?:e|ing)|develop(?:ment|ing|ers)?)\b|\bfor development(?: purposes)?\b|\bdevelopment[ -](?:environment|image|container|purposes)\b|\b(?:package|rpm|deb|cross|wheel|binary)[ -]builder\b|\bbuilder (?:image|container)\b|\/build(?:er)?\/(?:Docker|Container)file\b/i;

/** A label's own word for such an image. */
const builder = /\bbuilder\b(?![@.])/i;
