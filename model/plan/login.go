package plan

import (
	"cmp"

	"conductor-registry/model/answers"
	"conductor-registry/model/image"
	"conductor-registry/model/registry"
	"conductor-registry/model/secret"
)

// LoginFor returns the credentials that images at a location need, by the preset's rules.
func LoginFor(preset *registry.Preset, location registry.Location) secret.Login {
	from := preset.Login
	return secret.Login{
		AuthKey: location.AuthKey, Title: cmp.Or(from.Title, preset.Title),
		Username: from.Username, UsernameHelp: from.UsernameHelp,
		From: from.Password.From, Command: preset.Expand(from.Password.Command, location, nil),
		Encode: from.Password.Encode, PasswordHelp: from.Password.Help,
		Lifetime: from.Lifetime, Expires: from.Expires, Anonymous: from.Anonymous,
		Instead: instead(preset, location), Generator: generator(preset, location),
	}
}

// instead returns the lines of a comment on how the nodes can pull without a secret, or nil where that is not better.
func instead(preset *registry.Preset, location registry.Location) []string {
	way, ok := preset.RecommendedSecretless(location.Fields)
	if !ok {
		return nil
	}
	lines := []string{
		"On " + way.Where + " nodes can pull without a secret (recommended; pullSecret.method: none):",
		way.How + "; see also conductor-registry presets " + preset.ID,
	}
	for _, command := range way.Commands {
		lines = append(lines, "  "+preset.Expand(command, location, nil))
	}
	return lines
}

// generator returns how External Secrets makes the credentials.
func generator(preset *registry.Preset, location registry.Location) secret.Generator {
	from := preset.Login.Generator
	out := secret.Generator{Kind: from.Kind, Auth: from.Auth, Minutes: from.Minutes, Needs: from.Needs}
	for _, piece := range from.Spec {
		if piece.When.Matches(location.Fields) {
			out.Spec += preset.Expand(piece.Text, location, nil)
		}
	}
	return out
}

// LoginsForImages returns the credentials that full image names need, one for each auths key, by the presets that know
// their hosts. Components are those that run the images, in the same order. The user name is set for the first one.
func LoginsForImages(catalog *answers.Catalog, components, images []string, username string) []secret.Login {
	var needs []need
	for i, name := range images {
		host := image.Host(name)
		preset := catalog.Registries.ForHost(host)
		if host == "" || preset == nil {
			continue
		}
		location, _ := preset.Locate(map[string]string{"provider": preset.ID, "host": host})
		needs = append(needs, need{owner: components[i], preset: preset, location: location})
	}
	return logins(needs, username, "")
}
