reset
set encoding utf8
set terminal svg size 900,562 font 'sans-serif,14' background rgb 'white' noenhanced
set output 'plot.svg'
$field0 << EOD
3.0 2.0 1.0
2.0 1.0 0.5
EOD
$levels0 << EOD
0.5 0.5
0.33333334 0.75

0.6666667 0.25
0.5 0.5

EOD
$series0_0 << EOD
0.1 0.9
0.5 0.6
0.6 0.5
EOD
set border 3 linewidth 1 linecolor rgb '#555555'
set tics nomirror out scale 0.6 textcolor rgb '#333333'
set grid back linetype 1 linewidth 0.6 linecolor rgb '#dddddd'
set title offset 0,0.3 textcolor rgb '#222222'
set xlabel textcolor rgb '#333333'
set ylabel textcolor rgb '#333333'
set lmargin 11
set bmargin 6.2
set xlabel 'dense.kernel[0,0]' noenhanced
set ylabel 'dense.bias[0]' noenhanced
set xrange [0.0:1.0]
set yrange [0.0:1.0]
set palette defined (0 '#440154', 1 '#472D7B', 2 '#3B528B', 3 '#2C728E', 4 '#21918C', 5 '#28AE80', 6 '#5EC962', 7 '#ADDC30', 8 '#FDE725')
set cbrange [0.5:3.0]
set cblabel 'loss' noenhanced
set label 'start' at 0.1,0.9 offset 0.6,0.6 front textcolor rgb '#ffffff' noenhanced
set key outside bottom center horizontal Left reverse samplen 1 width 2 noenhanced
plot $field0 matrix using (0.0+($1+0.5)*0.3333333333333333):(0.0+($2+0.5)*0.5):3 with image notitle, \
  $levels0 with lines linewidth 1.2 linecolor rgb '#eeeeee' notitle, \
  $series0_0 using 1:2 with linespoints linewidth 2 pointtype 5 pointsize 0.45 linecolor rgb '#D55E00' title 'path of the training' noenhanced
