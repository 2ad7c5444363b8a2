import type { Instruction } from '../../syntax/containerfile';
import { remember } from '../basics/remember';
import type { Model, StageModel } from '../stages/model';
import { isForBuilding } from './purpose';
import { isNamedForWork } from './stageNames';
import { startedBy } from './started';

/** Whether the image does nothing but hold tools: nothing is copied into it and nothing is started, so somebody wants them. `stages`: those that ship. */
function isToolbox(stages: readonly StageModel[]): boolean {
	const instructions = stages.flatMap(({ stage }) => stage.instructions);
	return !instructions.some(({ keyword }) => ['CMD', 'ENTRYPOINT', 'COPY', 'ADD'].includes(keyword)) && stages.every(({ image }) => !image?.passesOn.entrypoint);
}

/**
 * Whether somebody may work in the container itself, or builds on the image: it starts a shell or a login, waits for somebody, starts nothing that the
 * file tells of, or is set up as a workplace. There an editor is no waste.
 */
export const isWorkplace = remember((model: Model): boolean => {
	const { stages, target } = model;
	const shipping = stages.filter(({ ships }) => ships);
	const bottom = shipping[0];
	if (!target || !bottom || isToolbox(shipping)) return true;
	const application = bottom.image?.kind === 'application' || (bottom.image?.passesOn.entrypoint?.length ?? 0) > 0;
	const starting = shipping.flatMap(({ stage }) => stage.instructions.filter(({ onbuild, keyword }) => !onbuild && (keyword === 'CMD' || keyword === 'ENTRYPOINT')));
	// `ENTRYPOINT []` takes away the one of the base, and with it what that starts.
	if (!startedBy(model) && starting.some(({ keyword }) => keyword === 'ENTRYPOINT')) return true;
	// Who starts `php -v` hands out php for others to build on.
	const last = starting.at(-1);
	if (last?.keyword === 'CMD' && !starting.some(({ keyword }) => keyword === 'ENTRYPOINT') && saysVersion.test(model.file.text.slice(last.args.start, last.args.end))) return true;
	const starts = starting.length > 0;
	return (!starts && !application) || isForWork(model);
});

/** A program that does nothing but say which version it is. */
const saysVersion = /^(?:\[\s*)?["']?[\w./-]+["']?[\s,]+["']?(?:-v|-V|-version|--version|version)["']?\s*\]?\s*$/;

/** Whether the file says that somebody works in the container itself, or builds in it or on it: not for the reason alone that nothing is started. */
export const isForWork = remember((model: Model): boolean => {
	const { file, stages, target } = model;
	const shipping = stages.filter(({ ships }) => ships);
	if (!target || isForBuilding(model)) return true;
	if (isNamedForWork(target)) return true;
	const instructions = shipping.flatMap(({ stage }) => stage.instructions.filter(({ onbuild }) => !onbuild));
	if (shipping.some(({ stage }) => stage.instructions.some(({ onbuild }) => onbuild))) return true;
	const started = instructions.filter(({ keyword }) => keyword === 'CMD' || keyword === 'ENTRYPOINT');
	const textOf = ({ span }: Instruction) => file.text.slice(span.start, span.end);
	const last = (['ENTRYPOINT', 'CMD'] as const).flatMap((keyword) => started.findLast((one) => one.keyword === keyword) ?? []);
	if (last.some((one) => waits.test(textOf(one)))) return true;
	return workplace.test(shipping.map(({ stage }) => textOf(stage.from)).join('\n')) || instructions.some((one) => workplace.test(textOf(one)));
});

/** CMD or ENTRYPOINT of a shell without a script, of a login, of the system's own start, or of what only keeps the container alive. */
const waits =
	/^\w+\s+(?:(?:\[\s*)?["']?(?:[\w/.-]*\/)?(?:(?:ba|da|a|z|fi|k|c|tc|pw)?sh|login|python[\d.]*|ipython|irb|pry|node|R|julia|octave|ghci|scala|jshell|groovysh|erl|iex|lua|psql|mysql|redis-cli|sqlite3)["']?(?:[\s,"']+-(?!c)[\w-]*["']?)*\s*\]?\s*$|.*(?:\bsleep["',\s]+(?:inf|\d{5,})|\/dev\/null|\bsshd?\b|\/s?bin\/init\b|\bsystemd\b|\bsetup\.bash\b|\btmux\b|\bscreen\b|\busage\b|\binteractive-shell\b|\bscl["',\s]+enable\b.*\b(?:ba)?sh["'\s\]]*$|\bhack\/|(?:&&|;)\s*(?:\/bin\/)?(?:ba|z)?sh["'\s\]]*$))/is;

/** What only a place where people work is given. */
const workplace =
	/(?<![\w.-])(?:devcontainers?|vscode|code-server|openvscode-server|gitpod|codespaces?|theia|jupyter\w*|jupyter-?lab|notebooks?|rstudio\w*|rocker|cloud9|coder|zsh|oh-my-zsh|fish|tmux|screen|openssh-server|sshd|dropbear|mosh|ttyd|gotty|wetty|shellinabox|xrdp|tigervnc\S*|tightvnc\S*|x11vnc|turbovnc|novnc|dotfiles|sandbox|toolbx|toolbox|playground|workshop|netshoot)(?![\w])|\.(?:vimrc|vim|zshrc|tmux\.conf)\b/i;
