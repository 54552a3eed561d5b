// A client of public logs that shares no code with the platform: what it knows of trees and notes is Go's own,
// golang.org/x/mod/sumdb, with which every Go program checks the checksum database.
//
//	log-client audit -log VKEY [-witness VKEY]… [-quorum N] [-old FILE] FOLDER|URL
//	log-client proof -log VKEY [-witness VKEY]… [-quorum N] FILE
//
// Exit code 0 with one line if all holds, 1 with what does not.
package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const (
	height     = 8
	width      = 1 << height
	magic      = "c2sp.org/tlog-proof@v1"
	cosigning  = 4
	maxEntries = 1 << 40
)

var strict = base64.StdEncoding.Strict()

func main() {
	line, err := run(os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, "log-client:", err)
		os.Exit(1)
	}
	fmt.Println(line)
}

func run(arguments []string) (string, error) {
	if len(arguments) == 0 {
		return "", errors.New("audit or proof is expected")
	}
	var rules rules
	flags := flag.NewFlagSet(arguments[0], flag.ContinueOnError)
	flags.Func("log", "verifier key of the log", func(text string) (err error) {
		rules.log, err = note.NewVerifier(text)
		return err
	})
	flags.Func("witness", "verifier key of a witness", func(text string) error {
		key, err := newCosigner(text)
		rules.witnesses = append(rules.witnesses, key)
		return err
	})
	flags.IntVar(&rules.quorum, "quorum", 0, "how many of the witnesses must have signed")
	old := flags.String("old", "", "a checkpoint that the log showed before")
	if err := flags.Parse(arguments[1:]); err != nil {
		return "", err
	}
	if rules.log == nil || flags.NArg() != 1 {
		return "", errors.New("-log and one place are expected")
	}
	switch arguments[0] {
	case "audit":
		return audit(rules, placeOf(flags.Arg(0)), *old)
	case "proof":
		return prove(rules, flags.Arg(0))
	}
	return "", errors.New("audit or proof is expected")
}

// rules say whose signatures a checkpoint must have.
type rules struct {
	log       note.Verifier
	witnesses []note.Verifier
	quorum    int
}

// open returns the tree that a signed checkpoint speaks of.
func (r rules) open(data []byte) (tlog.Tree, error) {
	opened, err := note.Open(data, note.VerifierList(append([]note.Verifier{r.log}, r.witnesses...)...))
	if err != nil {
		return tlog.Tree{}, fmt.Errorf("checkpoint: %w", err)
	}
	signed, cosigned := false, map[uint32]bool{}
	for _, each := range append(append([]note.Signature{}, opened.Sigs...), opened.UnverifiedSigs...) {
		if _, err := strict.DecodeString(each.Base64); err != nil {
			return tlog.Tree{}, fmt.Errorf("checkpoint: signature of %s: %w", each.Name, err)
		}
	}
	for _, each := range opened.Sigs {
		if each.Name == r.log.Name() && each.Hash == r.log.KeyHash() {
			signed = true
		} else {
			cosigned[each.Hash] = true
		}
	}
	if !signed {
		return tlog.Tree{}, errors.New("checkpoint: the log did not sign it")
	}
	if len(cosigned) < r.quorum {
		return tlog.Tree{}, fmt.Errorf("checkpoint: %d witnesses signed it, not %d", len(cosigned), r.quorum)
	}
	lines := strings.Split(strings.TrimSuffix(opened.Text, "\n"), "\n")
	if len(lines) < 3 || lines[0] != r.log.Name() {
		return tlog.Tree{}, errors.New("checkpoint: it is of another log, or too short")
	}
	size, err := number(lines[1])
	if err != nil {
		return tlog.Tree{}, err
	}
	root, err := hash(lines[2])
	if err != nil {
		return tlog.Tree{}, err
	}
	for _, each := range lines[3:] {
		if each == "" {
			return tlog.Tree{}, errors.New("checkpoint: an empty line in its text")
		}
	}
	return tlog.Tree{N: size, Hash: root}, nil
}

// place is where a log's files are.
type place func(path string) ([]byte, error)

func placeOf(name string) place {
	if !strings.HasPrefix(name, "http://") && !strings.HasPrefix(name, "https://") {
		return func(path string) ([]byte, error) { return os.ReadFile(filepath.Join(name, path)) }
	}
	return func(path string) ([]byte, error) {
		answer, err := http.Get(strings.TrimRight(name, "/") + "/" + path)
		if err != nil {
			return nil, err
		}
		defer answer.Body.Close()
		if answer.StatusCode != http.StatusOK {
			return nil, fmt.Errorf("%s: %s", path, answer.Status)
		}
		return io.ReadAll(answer.Body)
	}
}

func (p place) Height() int { return height }

func (p place) SaveTiles([]tlog.Tile, [][]byte) {}

// ReadTiles returns tiles by the paths of tlog-tiles, which name no height.
func (p place) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	found := make([][]byte, len(tiles))
	for i, tile := range tiles {
		data, err := p("tile/" + strings.TrimPrefix(tile.Path(), fmt.Sprintf("tile/%d/", height)))
		if err != nil {
			return nil, err
		}
		if len(data) != tile.W*tlog.HashSize {
			return nil, fmt.Errorf("%s: %d hashes are expected, not %d bytes", tile.Path(), tile.W, len(data))
		}
		found[i] = data
	}
	return found, nil
}

// bundle returns up to 256 entries, the first of which is number 256 * index.
func (p place) bundle(index int64, count int) ([][]byte, error) {
	tile := tlog.Tile{H: height, L: 0, N: index, W: count}
	path := "tile/entries/" + strings.TrimPrefix(tile.Path(), fmt.Sprintf("tile/%d/0/", height))
	data, err := p(path)
	if err != nil {
		return nil, err
	}
	entries := make([][]byte, count)
	for i := range entries {
		if len(data) < 2 || len(data) < 2+int(binary.BigEndian.Uint16(data)) {
			return nil, fmt.Errorf("%s: entry %d is cut", path, i)
		}
		end := 2 + int(binary.BigEndian.Uint16(data))
		entries[i], data = data[2:end], data[end:]
	}
	if len(data) != 0 {
		return nil, fmt.Errorf("%s: more than %d entries", path, count)
	}
	return entries, nil
}

// audit holds every tile and entry against the checkpoint, and the tree against an older checkpoint.
func audit(rules rules, files place, old string) (string, error) {
	data, err := files("checkpoint")
	if err != nil {
		return "", err
	}
	tree, err := rules.open(data)
	if err != nil {
		return "", err
	}
	// The reader holds each tile against the root through the tiles above it.
	published := tlog.TileHashReader(tree, files)
	var own []tlog.Hash // the same tree, of the entries alone
	grown := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		found := make([]tlog.Hash, len(indexes))
		for i, index := range indexes {
			found[i] = own[index]
		}
		return found, nil
	})
	for first := int64(0); first < tree.N; first += width {
		count := width
		if tree.N-first < width {
			count = int(tree.N - first)
		}
		entries, err := files.bundle(first/width, count)
		if err != nil {
			return "", err
		}
		indexes := make([]int64, count)
		for i := range indexes {
			indexes[i] = tlog.StoredHashIndex(0, first+int64(i))
		}
		hashes, err := published.ReadHashes(indexes)
		if err != nil {
			return "", err
		}
		for i, entry := range entries {
			leaf := tlog.RecordHash(entry)
			if leaf != hashes[i] {
				return "", fmt.Errorf("entry %d is not the one whose hash is in the tile", first+int64(i))
			}
			added, err := tlog.StoredHashesForRecordHash(first+int64(i), leaf, grown)
			if err != nil {
				return "", err
			}
			own = append(own, added...)
		}
	}
	root, err := tlog.TreeHash(tree.N, grown)
	if err != nil {
		return "", err
	}
	if root != tree.Hash && tree.N > 0 || tree.N == 0 && tree.Hash != tlog.Hash(sha256.Sum256(nil)) {
		return "", errors.New("the entries do not have the root of the checkpoint")
	}
	if err := continues(rules, tree, published, old); err != nil {
		return "", err
	}
	return fmt.Sprintf("%d entries, root %s", tree.N, tree.Hash), nil
}

// continues proves that a log begins with all that an older checkpoint spoke for. Witnesses need not have signed that one.
func continues(rules rules, tree tlog.Tree, published tlog.HashReader, old string) error {
	if old == "" {
		return nil
	}
	data, err := os.ReadFile(old)
	if err != nil {
		return err
	}
	rules.quorum = 0
	before, err := rules.open(data)
	if err != nil {
		return fmt.Errorf("old %w", err)
	}
	if before.N > tree.N {
		return fmt.Errorf("the log has %d entries, but had %d", tree.N, before.N)
	}
	if before.N == 0 {
		return nil
	}
	proof, err := tlog.ProveTree(tree.N, before.N, published)
	if err != nil {
		return err
	}
	return tlog.CheckTree(proof, tree.N, tree.Hash, before.N, before.Hash)
}

// prove verifies a .tlog-proof whose extra line is the entry.
func prove(rules rules, name string) (string, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return "", err
	}
	head, checkpoint, found := bytes.Cut(data, []byte("\n\n"))
	if !found {
		return "", errors.New("proof: no checkpoint in it")
	}
	lines := strings.Split(string(head), "\n")
	if len(lines) < 3 || lines[0] != magic || !strings.HasPrefix(lines[1], "extra ") || !strings.HasPrefix(lines[2], "index ") {
		return "", errors.New("proof: it does not begin as a proof with an entry does")
	}
	entry, err := strict.DecodeString(strings.TrimPrefix(lines[1], "extra "))
	if err != nil {
		return "", fmt.Errorf("proof: extra: %w", err)
	}
	index, err := number(strings.TrimPrefix(lines[2], "index "))
	if err != nil {
		return "", err
	}
	var hashes tlog.RecordProof
	for _, each := range lines[3:] {
		one, err := hash(each)
		if err != nil {
			return "", err
		}
		hashes = append(hashes, one)
	}
	tree, err := rules.open(checkpoint)
	if err != nil {
		return "", err
	}
	if index >= tree.N {
		return "", fmt.Errorf("proof: entry %d of %d", index, tree.N)
	}
	if err := tlog.CheckRecord(hashes, tree.N, tree.Hash, index, tlog.RecordHash(entry)); err != nil {
		return "", err
	}
	return fmt.Sprintf("entry %d of %d: %s", index, tree.N, entry), nil
}

func number(text string) (int64, error) {
	found, err := strconv.ParseInt(text, 10, 64)
	if err != nil || found < 0 || found > maxEntries || strconv.FormatInt(found, 10) != text {
		return 0, fmt.Errorf("%q is no number of entries", text)
	}
	return found, nil
}

func hash(text string) (tlog.Hash, error) {
	data, err := strict.DecodeString(text)
	if err != nil || len(data) != tlog.HashSize {
		return tlog.Hash{}, fmt.Errorf("%q is no hash", text)
	}
	return tlog.Hash(*(*[tlog.HashSize]byte)(data)), nil
}

// cosigner verifies cosignature/v1 lines, which Go's own package does not know.
type cosigner struct {
	name string
	id   uint32
	key  ed25519.PublicKey
}

func newCosigner(text string) (note.Verifier, error) {
	parts := strings.SplitN(text, "+", 3)
	if len(parts) != 3 {
		return nil, errors.New("a verifier key is expected")
	}
	key, err := strict.DecodeString(parts[2])
	if err != nil || len(key) != 1+ed25519.PublicKeySize || key[0] != cosigning {
		return nil, errors.New("the key of a witness is expected")
	}
	sum := sha256.Sum256(append([]byte(parts[0]+"\n"), key...))
	id := binary.BigEndian.Uint32(sum[:4])
	if fmt.Sprintf("%08x", id) != parts[1] {
		return nil, errors.New("the key ID is not that of the key")
	}
	return cosigner{parts[0], id, key[1:]}, nil
}

func (c cosigner) Name() string    { return c.name }
func (c cosigner) KeyHash() uint32 { return c.id }

func (c cosigner) Verify(text, signature []byte) bool {
	if len(signature) != 8+ed25519.SignatureSize {
		return false
	}
	signed := fmt.Sprintf("cosignature/v1\ntime %d\n%s", binary.BigEndian.Uint64(signature), text)
	return ed25519.Verify(c.key, []byte(signed), signature[8:])
}
