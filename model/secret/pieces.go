package secret

import (
	_ "embed" // the pieces are files beside this one
	"strings"
)

// The scripts are put together from these pieces, each whole lines of POSIX shell. Go chooses which pieces follow one
// another; a piece only has placeholders, such as __name__. Within a line one stands for a word or a name, quoted
// already; on a line of its own for other pieces, and for nothing where there are none.
var (
	//go:embed script/header-kubectl.sh
	headerKubectlSH string
	//go:embed script/header-encrypted.sh
	headerEncryptedSH string
	//go:embed script/header-fragment.sh
	headerFragmentSH string
	//go:embed script/header-shellcheck.sh
	headerShellcheckSH string
	//go:embed script/header-variables.sh
	headerVariablesSH string

	//go:embed script/impossible.sh
	impossibleSH string
	//go:embed script/start.sh
	startSH string
	//go:embed script/leave.sh
	leaveSH string
	//go:embed script/leave-terminal.sh
	leaveTerminalSH string
	//go:embed script/leave-fragment.sh
	leaveFragmentSH string
	//go:embed script/program.sh
	programSH string
	//go:embed script/environment.sh
	environmentSH string
	//go:embed script/environment-password.sh
	environmentPasswordSH string
	//go:embed script/check-user.sh
	checkUserSH string
	//go:embed script/ask.sh
	askSH string
	//go:embed script/ask-hidden.sh
	askHiddenSH string

	//go:embed script/login.sh
	loginSH string
	//go:embed script/user-fixed.sh
	userFixedSH string
	//go:embed script/user-known.sh
	userKnownSH string
	//go:embed script/user-known-optional.sh
	userKnownOptionalSH string
	//go:embed script/user-asked.sh
	userAskedSH string
	//go:embed script/user-asked-optional.sh
	userAskedOptionalSH string
	//go:embed script/user-none.sh
	userNoneSH string
	//go:embed script/user-check.sh
	userCheckSH string
	//go:embed script/password-asked.sh
	passwordAskedSH string
	//go:embed script/password-command.sh
	passwordCommandSH string
	//go:embed script/password-file.sh
	passwordFileSH string
	//go:embed script/password-file-raw.sh
	passwordFileRawSH string
	//go:embed script/password-file-base64.sh
	passwordFileBase64SH string

	//go:embed script/docker-config.sh
	dockerConfigSH string
	//go:embed script/docker-login.sh
	dockerLoginSH string

	//go:embed script/add.sh
	addSH string
	//go:embed script/kubectl.sh
	kubectlSH string
	//go:embed script/apply.sh
	applySH string
	//go:embed script/seal.sh
	sealSH string
	//go:embed script/sops.sh
	sopsSH string
	//go:embed script/fragment.sh
	fragmentSH string
	//go:embed script/image-credentials.sh
	imageCredentialsSH string
	//go:embed script/custom-image-pull-secrets.sh
	customImagePullSecretsSH string
	//go:embed script/expiry.sh
	expirySH string
)

// fill is the piece with the values of its placeholders, given in pairs. A placeholder on a line of its own is given
// with the line break, since pieces bring theirs. What a value holds is never taken for a placeholder.
func fill(piece string, pairs ...string) string { return strings.NewReplacer(pairs...).Replace(piece) }
